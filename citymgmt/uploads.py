"""A limit on what a request may upload, kept while it comes in and not when the disk is full."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_UPLOADED = 190_000_000  # bytes of one request: nine photos of 20 MB and a little more


class LimitedUpload(FileUploadHandler):
    """Counts what comes in and leaves the keeping to the handlers after it."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on. Raises: RequestDataTooBig."""
        self.received += len(raw_data)
        if self.received > MOST_UPLOADED:
            raise RequestDataTooBig("more was uploaded than any honest request holds")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is somebody else's."""
