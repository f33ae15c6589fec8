"""The sheet that a native speaker reads and corrects, and its way back into the files.

Here menus, SMS and the tables of ``domain.data`` meet: one sheet has the words of all. What makes a
text right is not decided here; the linters of ``menus`` and ``sms`` do that, for tables as well.
"""
