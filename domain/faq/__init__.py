"""Which of an office's answers fits what somebody wrote in his own words.

In here: how words are read (`reading`: spellings, SMS shorthand, Sundanese, Javanese, English) and
how answers are ranked (`ranking`). What may not come in: an office's content, a database, a clock.
The measure is ``tests/domain/questions.csv``, a third of which is never tuned on.
"""

from domain.faq.ranking import Answered, Found, Index, Nearest, Nothing
from domain.faq.reading import meanings, question

__all__ = ["Answered", "Found", "Index", "Nearest", "Nothing", "meanings", "question"]
