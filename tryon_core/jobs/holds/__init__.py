"""What holds a submit back, from the click to the wire, and where each is decided.

Refused, before there is a job; of a collection none of its jobs then:

- what the vendor does not do, or a picture that it does not take: `jobs/admission.py: check_asked, examine`
- nobody's key can be used: `accounts/keys.py: KeyPolicy.account`, by
  `configuration/settings.py: Settings.open_to_visitors`
- the same was bought already, or may have been: `jobs/admission.py: Admission.earlier` offers it, and whoever
  asks once more buys twice (`studio.py: Studio.submit_or_offer`, `offer`); one that runs is joined:
  `jobs/admission.py: Admission.admit`
- more jobs of a collection than begin unasked, or more pictures than were agreed to:
  `collections/consent.py: Consent.check`
- no room on the disk, or too much of one visitor: `disk.py: Room.check`
- the vendor could not fetch the pictures: `hosting/hosting.py: Hosting.check`
- the day's pictures are used up, of the visitor or of all: `jobs/admission.py: Admission._check`, by
  `storage/spending.py: left_today`; of a collection
  `collections/planning.py: Planner.check, Planner.check_left`

Nothing else bounds what is spent: credits are the vendor's to count, which refuses a submit that they do not
cover (`vendors/error_codes.py: Kind`, `ACCOUNT`). `accounts/balances.py: Balances.of` only shows them.

Waited out, once there is a job, in this order:

- other cells of the collection are on their way: `collections/sending.py: CELLS_AT_ONCE`
- a vendor takes only a few submits in a minute: `jobs/holds/submit_rate_limit.py: wait_for_slot`
- the visitor's own key is away: `jobs/context.py: JobContext.wait_for_key`
- enough is being sent to that vendor: `jobs/workflow.py: SENDS_AT_ONCE`
- this app is too slow to be fetched from: `jobs/holds/backpressure.py: until_responsive`
- the vendor turned it away as one too many: `jobs/submitting.py: TRIES, LONGEST_SUBMIT_WAIT_S`

Ended instead of sent:

- a picture cannot be had or made fit: `jobs/preparing.py: made_fit`
- it was sent before, or may have been: `jobs/submitting.py: submit`, `jobs/batches.py: Parcel.claimed`
- the operator's key is gone from the settings: `accounts/keys.py: KeyPolicy.is_here`
"""
