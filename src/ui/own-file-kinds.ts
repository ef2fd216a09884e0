/** What a browser offers first when an own file is chosen; what a file is follows from its bytes. */
export const ownFileAccept = "image/*,.heic,.heif,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.csv,.txt,.html,.xml"
