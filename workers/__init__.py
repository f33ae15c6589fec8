"""Work nobody waits for on the line: RQ workers for the two lanes of SMS, and the clock.

In here: queues and nudges, the one job and the class that refuses all others, the clock and its
duties. Arguments of jobs are lanes and ids, never a person's data. What may not come in: Flask,
rules and queries (they are called one or two floors down), and any truth that only Redis knows.
"""
