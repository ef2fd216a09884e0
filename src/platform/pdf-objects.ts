/** What a PDF is made of, as pdf-lib knows it. */
export {
  decodePDFRawStream, ParseSpeeds, PDFArray, PDFContext, PDFDict, PDFDocument, PDFInvalidObject, PDFName, PDFNull, PDFObject, PDFRawStream, PDFRef, PDFStream, PDFString,
} from "pdf-lib"
