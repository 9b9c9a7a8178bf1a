# Words of the frame and of components.
ui-skip = Skip to the content
ui-nav = Main
ui-my-account = My account
ui-sign-out = Sign out
ui-undo = Undo
ui-close = Close
ui-cancel = Cancel
ui-confirm = Yes, go on
ui-optional = optional
ui-in-zone = In the time zone { $zone }.
ui-drop-here = Drop a file here, or choose one
ui-mistakes = Something needs another look. Each place is marked below.
ui-to-start = To the start page
ui-request-id = If you ask for help, name this number:
