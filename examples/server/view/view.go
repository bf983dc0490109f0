// Package view says what a person should see of a badge: one plain structure, made of the credential and the
// report about it, that the server sends to its page and that the page makes itself where it verifies in the
// browser. It works on bytes alone, fetches nothing, and judges nothing.
package view

// Badge is what a page shows. All of it is text by a stranger, to be shown as text and never as HTML. It may be
// shown as true only where Verdict is "valid".
type Badge struct {
	Verdict     string `json:"verdict"`        // "valid", "invalid" or "indeterminate"
	Kind        string `json:"kind"`           // "badge", "credential", "presentation" or "" where nothing could be read
	Name        string `json:"name,omitempty"` // of the credential, or of what was achieved
	Description string `json:"description,omitempty"`
	// AchievementType is the kind of achievement, such as "Certificate"; a term of Open Badges, or of the issuer's.
	AchievementType string        `json:"achievementType,omitempty"`
	Picture         *Picture      `json:"picture,omitempty"` // nil where there is none that can be shown without a request
	Issuer          Issuer        `json:"issuer"`
	Recipient       Recipient     `json:"recipient"`
	Skills          []Skill       `json:"skills,omitempty"`
	Tags            []string      `json:"tags,omitempty"`
	Criteria        Criteria      `json:"criteria"`
	Evidence        []Evidence    `json:"evidence,omitempty"`
	AwardedDate     string        `json:"awardedDate,omitempty"` // RFC 3339
	ValidFrom       string        `json:"validFrom,omitempty"`   // RFC 3339, as the credential writes it
	ValidUntil      string        `json:"validUntil,omitempty"`
	Endorsements    []Endorsement `json:"endorsements,omitempty"`
	Credentials     []*Badge      `json:"credentials,omitempty"` // what a presentation or a record of several holds
}

// Picture is an image that can be shown without asking anybody.
type Picture struct {
	URL     string `json:"url"` // a data: URL of image/png, image/svg+xml, image/jpeg, image/gif or image/webp
	Caption string `json:"caption,omitempty"`
	// Source is "file" where it is the baked image itself, whose pixels no signature covers, and
	// "credential" where the credential holds it.
	Source string `json:"source"`
}

// Issuer is who says so, and why it is believed that it is.
type Issuer struct {
	ID      string `json:"id,omitempty"`
	Name    string `json:"name,omitempty"` // what it calls itself
	URL     string `json:"url,omitempty"`
	Binding string `json:"binding"` // as in the report: "controller", …, "none"
	// Trust is "trusted" (the policy names it), "untrusted" (it names others) or "any" (it names nobody).
	Trust string `json:"trust"`
}

// Recipient is who earned it.
type Recipient struct {
	ID string `json:"id,omitempty"`
	// Name is the one identifier that is a name in plain text; "" where there is none.
	Name string `json:"name,omitempty"`
	// Identifiers are further names, such as an e-mail address; a hashed one has no value.
	Identifiers []Identifier `json:"identifiers,omitempty"`
}

// Identifier is one of them.
type Identifier struct {
	Type   string `json:"type"`
	Value  string `json:"value,omitempty"`
	Hashed bool   `json:"hashed,omitempty"`
}

// Skill is a node of a framework that the achievement is aligned with.
type Skill struct {
	Name      string `json:"name"`
	URL       string `json:"url,omitempty"` // https only
	Framework string `json:"framework,omitempty"`
	Code      string `json:"code,omitempty"`
}

// Criteria is how it is earned; Narrative may hold Markdown.
type Criteria struct {
	URL       string `json:"url,omitempty"` // https only
	Narrative string `json:"narrative,omitempty"`
}

// Evidence is what it was awarded for.
type Evidence struct {
	URL         string `json:"url,omitempty"` // https only
	Name        string `json:"name,omitempty"`
	Description string `json:"description,omitempty"`
	Narrative   string `json:"narrative,omitempty"`
}

// Endorsement is what somebody else says about it.
type Endorsement struct {
	By      string `json:"by"` // the endorser's name, or its identifier
	ByID    string `json:"byId,omitempty"`
	Comment string `json:"comment,omitempty"`
	Verdict string `json:"verdict"` // of the endorsement itself; "unchecked" where it was not judged
}
