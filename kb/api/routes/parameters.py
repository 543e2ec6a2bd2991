"""Path parameters shared by the routes."""

from typing import Annotated

from fastapi import Path

DocumentId = Annotated[
    str, Path(description="Document id.", examples=["m4bl-vision-2016"], min_length=1)
]
RecordSlug = Annotated[
    str,
    Path(
        description="The part of a record's id after the `#`.",
        examples=["reallocate-from-policing"],
        min_length=1,
    ),
]
TopicId = Annotated[
    str, Path(description="Topic id, or any name of the topic.", examples=["policing"])
]
PlaceId = Annotated[str, Path(description="Place id, or any name of the place.", examples=["us"])]
