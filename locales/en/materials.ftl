# The kinds that one reads and watches.
materials-page = Page
materials-video = Video
materials-file = File
materials-link = Link
materials-heading = Heading
materials-page-empty = Nothing has been written here yet.
materials-link-empty = No address has been set yet.
materials-file-empty = No file has been chosen yet.
materials-video-empty = No video has been chosen yet.
materials-link-leads = This step leads out of the course, to { $host }.
materials-link-open = Open in a new tab
materials-link-url = Address
materials-link-wrong = Write an address that begins with https:// or http://.
materials-download = Download
materials-open-pdf = Open the PDF
materials-speed = Speed
materials-transcript = Transcript
materials-text = Text
materials-save = Save
materials-saved = Saved.
materials-draft = This is your draft. Readers still see the version before.
materials-draft-drop = Discard the draft
materials-is-html = This page came from another system and is kept as HTML, because Markdown would lose something.
materials-markdown-hint = Markdown: **bold**, *italic*, ## heading, - list, > quote, $x^2$ for formulas, > [!TIP] for a box. Link to a page of this course with [words](page:its-title).
materials-page-too-long = This page is too long. Split it into several.
materials-check = For everybody to read
materials-check-text = Things that would keep somebody from reading this page as it is saved.
materials-versions =
    { $count ->
        [one] 1 version
       *[other] { $count } versions
    }
materials-history = Versions
materials-version = Version { $number }
materials-words =
    { $count ->
        [one] 1 word
       *[other] { $count } words
    }
materials-restore = Bring this version back
materials-restored = Version { $number } was brought back.
materials-changed-since = What changed since then
materials-as-shown = As it was shown
materials-choose-file = Choose a file of this course
materials-from-library = From the files of this course
materials-upload = Upload a file
materials-file-now = Shown now: { $name }
materials-no-file = Choose or upload a file.
materials-not-a-video = This file is no video. MP4 and WebM play everywhere.
materials-file-too-large = This file is too large. 512 MB is the most.
materials-captions = Captions
materials-captions-hint = A WebVTT file (.vtt). The transcript is made from it.
materials-captions-language = Language of the captions
materials-captions-language-hint = For example en or de. Left empty, the name of the file tells (clip.de.vtt).
materials-captions-now = Captions so far: { $languages }
materials-captions-unreadable = This file holds no captions in WebVTT.
materials-editor-toolbar = Formatting
materials-editor-bold = Bold
materials-editor-italic = Italic
materials-editor-heading = Heading
materials-editor-link = Link
materials-editor-list = List
materials-editor-list-ordered = Numbered list
materials-editor-quote = Quote
materials-editor-code = Code
materials-editor-table = Table
materials-editor-sigma = Formula
materials-editor-info = Box
materials-editor-image = Picture
materials-editor-eye = Preview
materials-editor-preview = Preview
materials-editor-saving = Saving…
materials-editor-saved = Draft saved
materials-editor-offline = Not sent yet, kept on this device
materials-editor-kept = There is newer text on this device.
materials-editor-restore = Use it
materials-editor-discard = Discard it
materials-editor-uploading = Uploading…
materials-editor-upload-failed = The picture could not be uploaded.
materials-editor-kept-here = Kept on this device
check-no-alt = A picture without a description
check-long-alt = A description so long that it belongs on the page
check-heading-jump = A heading that leaves a level out
check-empty-heading = A heading without words
check-vague-link = A link whose words do not say where it leads
check-empty-link = A link without words
check-table-without-head = A table without a head row
check-no-captions = A video without captions
