package badge

import "time"

// Subject is who earned the badge, and for what (section "AchievementSubject"). A recipient is
// named by ID, by Identifier, or by both.
type Subject struct {
	Object
	ID                string           `ob:"id"` // a URI such as a DID; "" where Identifier alone names the recipient
	Type              []string         `ob:"type"`
	Identifier        []IdentityObject `ob:"identifier"`
	Achievement       Achievement      `ob:"achievement,ref"`
	Narrative         string           `ob:"narrative"`  // how this recipient earned it, perhaps in Markdown
	Role              string           `ob:"role"`       // of the recipient, such as "Student President"
	Term              string           `ob:"term"`       // the academic term, such as "fall 2026"
	Source            Profile          `ob:"source,ref"` // who assessed it on behalf of the issuer
	Image             Image            `ob:"image,ref"`  // of this award, where it differs from that of the achievement
	LicenseNumber     string           `ob:"licenseNumber"`
	CreditsEarned     *float64         `ob:"creditsEarned"`     // mostly semester or quarter credit hours; nil where not said
	ActivityStartDate time.Time        `ob:"activityStartDate"` // read as UTC where it has no time zone; zero where absent or malformed
	ActivityEndDate   time.Time        `ob:"activityEndDate"`
	Result            []Result         `ob:"result"`
}

// IdentityObject names a recipient, in plain text or as a hash (section "IdentityObject").
type IdentityObject struct {
	Object
	Type         []string `ob:"type,bare"`
	IdentityType string   `ob:"identityType"` // such as "emailAddress", or of somebody's own: "ext:…"
	IdentityHash string   `ob:"identityHash"` // the identity itself where Hashed is false
	Hashed       bool     `ob:"hashed,always"`
	Salt         string   `ob:"salt"`
}

// Evidence is what the achievement was awarded for (section "Evidence"). It is never fetched.
type Evidence struct {
	Object
	ID          string   `ob:"id"` // the URL of a page, or the evidence itself as a data: URL
	Type        []string `ob:"type"`
	Name        string   `ob:"name"`
	Description string   `ob:"description"`
	Narrative   string   `ob:"narrative"` // perhaps Markdown
	Genre       string   `ob:"genre"`     // such as "Poetry"
	Audience    string   `ob:"audience"`
}
