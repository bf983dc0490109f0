package badge

// Profile is an issuer or another entity: a person, an organization, or a system (section
// "Profile").
type Profile struct {
	Object
	ID               string                  `ob:"id"`   // a URI; the only member that a signature can be bound to
	Type             []string                `ob:"type"` // "Profile", and others
	Name             string                  `ob:"name"` // what the issuer calls itself: nobody has checked it
	Description      string                  `ob:"description"`
	URL              string                  `ob:"url"`
	Email            string                  `ob:"email"`
	Image            Image                   `ob:"image,ref"` // its logo
	Phone            string                  `ob:"phone"`
	Address          Address                 `ob:"address"`
	OtherIdentifier  []IdentifierEntry       `ob:"otherIdentifier"`
	Official         string                  `ob:"official"` // the person in charge
	ParentOrg        *Profile                `ob:"parentOrg,ref"`
	FamilyName       string                  `ob:"familyName"`
	FamilyNamePrefix string                  `ob:"familyNamePrefix"` // such as "de" of "de Boer"
	GivenName        string                  `ob:"givenName"`
	AdditionalName   string                  `ob:"additionalName"`
	PatronymicName   string                  `ob:"patronymicName"`
	HonorificPrefix  string                  `ob:"honorificPrefix"` // such as "Dr"
	HonorificSuffix  string                  `ob:"honorificSuffix"` // such as "M.D."
	DateOfBirth      string                  `ob:"dateOfBirth"`     // a day such as "2001-12-24"
	Endorsement      []EndorsementCredential `ob:"endorsement"`
	EndorsementJWT   []string                `ob:"endorsementJwt"` // the same, each as a compact JWS
}

// Address is where an entity is found (section "Address").
type Address struct {
	Object
	Type                []string       `ob:"type"`
	AddressCountry      string         `ob:"addressCountry"`
	AddressCountryCode  string         `ob:"addressCountryCode"` // ISO 3166-1 alpha-2
	AddressRegion       string         `ob:"addressRegion"`
	AddressLocality     string         `ob:"addressLocality"`
	StreetAddress       string         `ob:"streetAddress"`
	PostOfficeBoxNumber string         `ob:"postOfficeBoxNumber"`
	PostalCode          string         `ob:"postalCode"`
	Geo                 GeoCoordinates `ob:"geo"`
}

// GeoCoordinates are a place (section "GeoCoordinates"). An empty Type tells that there is none.
type GeoCoordinates struct {
	Object
	Type      []string `ob:"type,bare"`
	Latitude  float64  `ob:"latitude,always"`  // degrees, north positive
	Longitude float64  `ob:"longitude,always"` // degrees, east positive
}
