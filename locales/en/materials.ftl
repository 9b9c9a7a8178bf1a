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
materials-callout-note = Note
materials-callout-tip = Tip
materials-callout-important = Important
materials-callout-warning = Warning
materials-callout-caution = Caution
materials-play-here = Play it here
materials-show-here = Show it here
materials-play-note = { $host } then learns that you watch. If it stays empty, that site does not allow it: open it in a new tab.
materials-link-go = Go there
materials-opens = How it opens
materials-opens-hint = Whether a page may be shown inside the course, its own site decides.
materials-opens-tab = In a new tab
materials-opens-here = In the same tab: the reader leaves the course
materials-opens-frame = Inside the course, once the reader asks for it
materials-frame-wrong = Only an address that begins with https:// can be shown inside the course.
materials-newer = Somebody saved version { $number } while you wrote. Your text is below, not lost and not saved. Look at the other version first, or save again to put yours on top; both stay.
materials-turn = Turn it into Markdown
materials-turn-safe = Markdown can say all of it.
materials-turn-loses = Markdown would lose some of its looks; the version before stays.
materials-turned = It is written in Markdown now. The version before is kept.
materials-mend-words = Put it in
materials-mend-decoration = It is decoration
materials-mend-heading = Make it level { $level }
materials-mend-remove = Take it out
materials-mend-head = The first row is the head
materials-mend-captions = Make it a step of its own of the kind video: that has captions.
check-name-alt = A description that is only a file's name
check-no-alt-words = What the picture shows
check-name-alt-words = What the picture shows
check-long-alt-words = A shorter description
check-vague-link-words = Where it leads
check-empty-link-words = Where it leads
materials-files = Files
materials-files-count =
    { $count ->
        [one] 1 file
       *[other] { $count } files
    }
materials-find-file = Find a file
materials-find = Find
materials-only-unused =
    { $count ->
        [one] Only what nothing uses (1)
       *[other] Only what nothing uses ({ $count })
    }
materials-no-file-found = No file fits
materials-no-file-found-text = Try fewer words.
materials-no-files = No files yet
materials-no-files-text = Pictures, documents and clips of this course gather here, each with the places that use it.
materials-name = Name
materials-type = Type
materials-size = Size
materials-used = Used
materials-since = Since
materials-locked = Only for authors
materials-unused = Nowhere
materials-places =
    { $count ->
        [one] In 1 place
       *[other] In { $count } places
    }
materials-add-files = Add files
materials-upload-hint = Several at once, up to 512 MB each.
materials-add = Add
materials-files-added =
    { $count ->
        [one] 1 file was added.
       *[other] { $count } files were added.
    }
materials-preview = Preview
materials-used-in = Where it is used
materials-use-offered = Offered there
materials-use-played = Played there
materials-use-captions = Its captions
materials-use-page = On the page
materials-unused-text = Nothing uses it.
materials-in-a-page = To show it on a page, write:
materials-earlier = Earlier versions
materials-rename = Rename
materials-rename-hint = What uses it goes on using it.
materials-name-wrong = A name has no slashes.
materials-renamed = It is called { $name } now.
materials-replace = Replace
materials-new-file = The new file
materials-replace-hint = Everything that uses it shows the new one; the old one is kept.
materials-replaced = { $name } was replaced. The one before is kept.
materials-other-sort = What uses this file could not use one of another sort. Add it as a file of its own.
materials-who-opens = Who opens it
materials-open-text = Everybody in the course who has its address.
materials-locked-text = Only those who make the course. On pages it is missing for everybody else.
materials-lock = Only for authors
materials-unlock = For everybody in the course
materials-delete = Delete
materials-delete-safe = Nothing uses it, so that nothing breaks.
materials-delete-breaks =
    { $count ->
        [one] It is used in 1 place, where it would be missing.
       *[other] It is used in { $count } places, where it would be missing.
    }
materials-deleted = { $name } was deleted.
materials-type-pdf = PDF
materials-type-captions = Captions
materials-type-picture = Picture
materials-type-sound = Sound
materials-type-video = Video
materials-type-document = Document
materials-type-slides = Slides
materials-type-sheet = Spreadsheet
materials-type-archive = Archive
materials-type-web = Web page
materials-type-text = Text
materials-type-other = File
