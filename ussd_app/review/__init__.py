"""The sheet that a native speaker reads and corrects, and its way back into the PO files.

Here menus and SMS meet: one sheet has the words of both. What makes a text right is not decided
here; the linters of ``menus`` and ``sms`` do that.
"""
