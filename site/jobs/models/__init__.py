"""What is kept of jobs, mails and workers."""

from .job_run import JobRun
from .stored_mail import StoredMail
from .worker_beat import WorkerBeat

__all__ = ["JobRun", "StoredMail", "WorkerBeat"]
