package verify

// recipient asks the policy's [Recipient] whether the credential was given to whom it should have
// been.
func (r *run) recipient() Result {
	if r.p.Recipient == nil {
		return skipped(checkRecipient, reasonNotAsked)
	}
	if err := r.p.Recipient.Match(r.c); err != nil {
		return Findings(checkRecipient, asFinding(err, "recipient.unidentified", r.member("credentialSubject")))
	}
	return passed(checkRecipient)
}
