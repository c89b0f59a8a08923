"""AILab's codes, all that its page of public response fields lists, grouped by what helps.

AILab does not bill calls that fail (its pages on credits), so nothing here is charged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tryon_core.errors import Charged
from tryon_core.vendors.error_codes import ErrorCode, ErrorCodes, Kind

Sentences = Mapping[str, str]

PARAMETER_TODO = (
    "Correct the field it names and refine again; if the page sent it, tell whoever runs this app."
)
PARAMETERS: Sentences = {
    "ERROR_INVALID_BIG_EYES_PARAMETER": "AILab did not accept the eye setting.",
    "ERROR_INVALID_FACE_BOX_PARAMETER": "AILab did not accept the face box.",
    "ERROR_INVALID_FACE_SLIMMING_PARAMETER": "AILab did not accept the face slimming setting.",
    "ERROR_INVALID_OUTPUT_FORMAT": "AILab does not know the output format that was asked for.",
    "ERROR_INVALID_PARAMETER": "AILab did not accept a field.",
    "ERROR_INVALID_PARAMETER_FORMAT": "A field is not in the form that AILab expects.",
    "ERROR_INVALID_SIDE_PARAMETER": "AILab did not accept the side that was asked for.",
    "ERROR_INVALID_SKIN_WHITENING_PARAMETER": "AILab did not accept the skin setting.",
    "ERROR_INVALID_SMOOTHING_PARAMETER": "AILab did not accept the smoothing setting.",
    "ERROR_INVALID_URL": "AILab did not accept an address in the request.",
    "ERROR_LIVENESS_CONTROL_ERROR": "AILab did not accept the liveness setting.",
    "ERROR_MISSING_ASSURE_DIRECTION_PARAMETER": "AILab misses the direction in the request.",
    "ERROR_MISSING_LIMIT_PARAMETER": "AILab misses the limit in the request.",
    "ERROR_MISSING_MIN_HEIGHT_PARAMETER": "AILab misses the smallest height in the request.",
    "ERROR_MISSING_OUTPUT_FORMAT": "AILab misses the output format in the request.",
    "ERROR_MISSING_TASKS_PARAMETER": "AILab misses the list of tasks in the request.",
    "ERROR_PARAMETERS": "AILab found the request's fields invalid.",
    "ERROR_PARAMETER_CONVERSION_FAILED": "AILab could not read a field.",
    "ERROR_QUALITY_CONTROL_ERROR": "AILab did not accept the quality setting.",
    "ERROR_TOO_MANY_APPS_IN_APP_LIST": "The request lists too many applications.",
    "ERROR_TOO_MANY_GROUPS_IN_GROUP_LIST": "The request lists too many groups.",
    "ERROR_TOO_MANY_UIDS_IN_UID_LIST": "The request lists too many users.",
    "ERROR_UNSUPPORTED_RESPONSE_FORMAT": "AILab does not support the response format that was asked for.",
    "ERROR_INVALID_RESPONSE_FORMAT": "AILab cannot answer in the format that was asked for.",
    "MISSING_PARAMETERS": "AILab misses a field of the request.",
    "PARAMETERS_CANNOT_EMPTY": "A field that AILab needs is empty.",
    "UNSUPPORTED_PARAMETER_VALUES": "AILab does not support the value of a field.",
    "ERROR_CONTENT_TOO_LONG": "A text in the request is too long for AILab.",
    "ERROR_VIDEO_DURATION_EXCEEDED": "A video in the request is too long for AILab.",
}

FILE_TODO = "Use a JPG, PNG or BMP of 5 KB to 5 MB with sides from 151 to 4095 pixels."
FILES: Sentences = {
    "ERROR_HIGH_RESOLUTION": "A picture has more pixels than AILab takes.",
    "ERROR_LOW_RESOLUTION": "A picture has fewer pixels than AILab needs.",
    "ERROR_REQUEST_BODY_TOO_LARGE": "The pictures together are too large for AILab.",
    "ERROR_TOO_MANY_FILES": "There are more files than AILab takes.",
    "FILE_RESOLUTION_EXCEEDS_LIMITS": "The sides of a picture are outside AILab's limits.",
    "FILE_SIZE_EXCEEDS_LIMIT": "The size of a picture is outside AILab's limits.",
    "ERROR_UNSUPPORTED_GRAYSCALE_IMAGE": "A picture is in shades of grey only, which AILab does not take.",
    "UNSUPPORTED_FILE_TYPES": "A file is of a type that AILab does not take.",
    "ERROR_ILLEGAL_FILE": "AILab found a file not to be a proper picture.",
    "ERROR_INVALID_FILE": "AILab could not use a file.",
    "ERROR_INCORRECT_FILE_COUNT": "The number of files is not what AILab expects.",
    "FILE_DECODING_FAILURE": "AILab could not open a picture.",
    "ERROR_MASK_IMAGE_RESOLUTION_MISMATCH": "Two pictures that belong together differ in size.",
    "ERROR_TEMPLATE_IMAGE_QUALITY_TOO_LOW": "A picture's quality is too low for AILab.",
}

PERSON_TODO = "Use a photo of one whole person from the front, well lit, with face and hands visible."
PERSON: Sentences = {
    "ERROR_ACTION_VERIFICATION_FAILED": "AILab could not confirm the person's movement.",
    "ERROR_BLURRY_FACE": "The face in the picture is blurred.",
    "ERROR_CARTOON_FACE_NOT_SUPPORTED": "The face is drawn; AILab takes photos only.",
    "ERROR_CHIN_OCCLUSION_TOO_HIGH": "The chin is covered.",
    "ERROR_FACE_COPY_SCENE_MISMATCH": "The face does not fit the scene.",
    "ERROR_FACE_COUNT_INVALID": "There is not exactly one face in the picture.",
    "ERROR_FACE_NOT_FACING_FORWARD": "The face does not look to the front.",
    "ERROR_FACE_SIZE_NOT_MEET_REQUIREMENTS": "The face is too small or too large.",
    "ERROR_FACE_SIZE_RATIO_NOT_MET": "The face takes up too little or too much of the picture.",
    "ERROR_FACE_UNRECOGNIZABLE": "The face cannot be recognised.",
    "ERROR_IMAGE_RECOGNITION_FAILED": "AILab could not make out what the picture shows.",
    "ERROR_INCOMPLETE_FACE": "The face is cut off.",
    "ERROR_LEFT_EYE_OCCLUSION_TOO_HIGH": "The left eye is covered.",
    "ERROR_LEFT_FACE_OCCLUSION_TOO_HIGH": "The left side of the face is covered.",
    "ERROR_LIVENESS_DETECTION_FAILED": "AILab took the person for a picture of a picture.",
    "ERROR_MOUTH_OCCLUSION_TOO_HIGH": "The mouth is covered.",
    "ERROR_NOSE_OCCLUSION_TOO_HIGH": "The nose is covered.",
    "ERROR_NO_FACE_IN_FILE": "AILab found nobody, or several people, in the person picture.",
    "ERROR_NO_RECOGNITION_TARGET_DETECTED": "AILab did not find what it looks for in a picture.",
    "ERROR_OBSTRUCTED_FACE": "The face is covered.",
    "ERROR_POOR_FACE_LIGHTING": "The face is badly lit.",
    "ERROR_POOR_FACE_QUALITY": "The face is not clear enough.",
    "ERROR_POSE_NOT_ENOUGH_KEYPOINTS": "Too little of the body can be seen.",
    "ERROR_QUALITY_SCORE_NOT_MEET_REQUIREMENTS": "The picture is not clear enough.",
    "ERROR_RIGHT_EYE_OCCLUSION_TOO_HIGH": "The right eye is covered.",
    "ERROR_RIGHT_FACE_OCCLUSION_TOO_HIGH": "The right side of the face is covered.",
    "ERROR_SCENE_TYPE_MISMATCH": "The picture shows another kind of scene than AILab expects.",
    "ERROR_SMALL_FACE_SIZE": "The face is too small.",
    "ERROR_SYNTHESIS_DETECTION_FAILED": "AILab took the face for a made one.",
    "ERROR_FACE_NOT_FOUND": "AILab found no face.",
    "ERROR_FACE_BLENDING_FAILED": "AILab could not blend the face into the picture.",
    "FILE_CONTENT_NON_COMPLIANCE": "AILab cannot use what a picture shows.",
}

CONTENT_TODO = "Use another picture: this one did not pass AILab's content check."
CONTENT: Sentences = {"ERROR_CONTENT_NON_COMPLIANCE": "AILab's content check refused a picture."}

STOPPED_TODO = "Send the job again to have a new one."
STOPPED: Sentences = {
    "ERROR_TASK_CONFLICT": "AILab is already at a task like this one.",
    "ERROR_TASK_REVOCATION_FAILED": "The task could not be withdrawn.",
    "ERROR_TASK_STOPPED_PROCESSING": "AILab stopped the task.",
    "ERROR_TASK_REVOKED": "The task was withdrawn.",
    "PROCESSING_FAILURE": "AILab could not process the pictures.",
}

GONE_TODO = "AILab keeps results for 24 hours. Send the job again to have a new picture."
GONE: Sentences = {
    "ERROR_RESOURCE_NOT_FOUND": "AILab does not know this task.",
    "ERROR_CONTENT_NOT_FOUND": "AILab no longer has what was asked for.",
    "ERROR_FILE_NOT_FOUND": "AILab no longer has a file of this task.",
    "ERROR_RESOURCE_RECLAIMED": "AILab has deleted this task's result.",
}

ACCOUNT_TODO = "Check AILAB_API_KEY and the application in the AILab console."
ACCOUNT: Sentences = {
    "ERROR_APPLICATIONS_NOT_EXISTS": "AILab does not know this API key.",
    "ERROR_USER_NOT_EXISTS": "AILab does not know the account behind this API key.",
    "ERROR_ILLEGAL_OPERATION": "This API key may not do that.",
    "ERROR_USER_LOCKED": "The AILab account is locked.",
    "ERROR_AI_NOT_EXISTS": "AILab does not know the service that was called; check AILAB_BASE_URL too.",
}

CREDITS_PER_PICTURE = 25  # the page on prices: one refined picture
CREDITS_TODO = f"Buy credits in the AILab console: a refined picture takes {CREDITS_PER_PICTURE}."
CREDITS: Sentences = {"ERROR_NOT_ENOUGH_CREDITS": "The AILab account has too few credits."}

RECORDS_TODO = (
    "This concerns AILab's face records, which this app does not use: tell AILab's support the request id."
)
RECORDS: Sentences = {
    "ERROR_FACE_TOKEN_NOT_FOUND": "AILab does not know this face token.",
    "ERROR_USER_GROUP_NOT_FOUND": "AILab does not know this group of users.",
    "ERROR_USER_NOT_FOUND": "AILab does not know this user.",
    "ERROR_DATA_ALREADY_EXISTS": "AILab has this record already.",
    "ERROR_DUPLICATE_GROUP_NAME": "AILab has a group of this name already.",
    "ERROR_FACE_ALREADY_EXISTS": "AILab has this face already.",
    "ERROR_RESOURCE_IN_USE": "AILab is using this record.",
    "ERROR_USER_ALREADY_EXISTS": "AILab has this user already.",
    "ERROR_USER_GROUP_ALREADY_EXISTS": "AILab has this group of users already.",
    "ERROR_DATABASE_LIMIT_EXCEEDED": "The account's number of face databases is used up.",
    "ERROR_FACE_TRACE_LIMIT_EXCEEDED": "The account's number of faces is used up.",
    "ERROR_FACE_IMAGE_ADDITION_FAILED": "AILab could not add the face picture.",
    "ERROR_GET_FACE_IMAGE_FAILED": "AILab could not read the face picture.",
    "ERROR_CLEANING_USER_GROUP_DATA": "AILab is clearing a group of users.",
    "ERROR_IMAGE_STORAGE_NOT_SUPPORTED": "AILab does not store pictures for this service.",
}

BUSY_TODO = "Nothing is lost: wait a minute and try again."
BUSY: Sentences = {
    "EXCEEDING_LIMITS": "AILab is called more often than it allows.",
    "ERROR_BATCH_TASK_LIMIT_EXCEEDED": "AILab has as many tasks of this account as it takes at once.",
    "AI_SERVICE_FLOW_RESTRICTION": "AILab is limiting its calls just now.",
    "ERROR_INSUFFICIENT_RESOURCES": "AILab has no free place just now.",
    "ERROR_RESOURCE_IN_TRANSIT": "AILab is moving what was asked for.",
    "ERROR_RESOURCE_UNAVAILABLE": "AILab cannot reach what was asked for just now.",
}

FAULT_TODO = "This is a fault on AILab's side: try again in a minute, and quote the request id if it stays."
FAULTS: Sentences = {
    "ERROR_RESPONSE_BODY_TOO_LARGE": "AILab's answer grew too large.",
    "SERVICE_INTERNAL_ERROR": "AILab had an internal error.",
    "UNKNOWN_ERROR": "AILab had an error that it has no name for.",
    "AI_SERVICE_ERROR": "AILab's model had an error.",
    "AI_SERVICE_INTERNAL_ERROR": "AILab's model had an internal error.",
    "AI_SERVICE_NOT_FOUND": "AILab did not find its own model.",
    "AI_SERVICE_UNAUTHORIZED": "AILab was not let in by its own model.",
    "ERROR_DATA_TRANSFER_FAILED": "AILab could not move the data.",
    "ERROR_FILE_DOWNLOAD_FAILED": "AILab could not fetch a file.",
    "ERROR_FILE_UPLOAD_FAILED": "AILab could not store a file.",
    "ERROR_GATEWAY": "AILab's gateway had an error.",
    "FILE_SERVICE_ERROR": "AILab's file store had an error.",
    "AI_SERVICE_TIMEOUT": "AILab's model took too long.",
    "ERROR_FILE_DOWNLOAD_TIMEOUT": "AILab took too long to fetch a file.",
}

# Group, what to do, what it means for a job, and whether the vendor's own words say more than ours.
GROUPS: tuple[tuple[Sentences, str, Kind, bool], ...] = (
    (PARAMETERS, PARAMETER_TODO, Kind.TASK, True),
    (FILES, FILE_TODO, Kind.TASK, True),
    (PERSON, PERSON_TODO, Kind.TASK, False),
    (CONTENT, CONTENT_TODO, Kind.TASK, False),
    (STOPPED, STOPPED_TODO, Kind.TASK, False),
    (GONE, GONE_TODO, Kind.GONE, False),
    (ACCOUNT, ACCOUNT_TODO, Kind.ACCOUNT, False),
    (CREDITS, CREDITS_TODO, Kind.ACCOUNT, False),
    (RECORDS, RECORDS_TODO, Kind.TASK, True),
    (BUSY, BUSY_TODO, Kind.PASSING, False),
    (FAULTS, FAULT_TODO, Kind.PASSING, False),
)


def _table() -> Iterator[tuple[str, ErrorCode]]:
    for sentences, todo, kind, quotes in GROUPS:
        for code, what in sentences.items():
            yield code, ErrorCode(what, todo, kind, quotes=quotes)


CODES = ErrorCodes(
    vendor="AILab",
    base_url_setting="AILAB_BASE_URL",
    table=dict(_table()),
    too_often=frozenset({"429", "EXCEEDING_LIMITS", "AI_SERVICE_FLOW_RESTRICTION"}),
    late=frozenset({"AI_SERVICE_TIMEOUT", "ERROR_GATEWAY"}),
    failed_todo="Try again, or use other pictures; AILab's support wants the request id.",
    failed_charged=Charged.NO,
)
