package keys

// Methods returns the first n methods listed under purpose ("assertionMethod" or "authentication") that can
// be used, in document order; it looks at no more than twice as many. That several are listed says nothing about
// which of them signed what.
func (c *Controller) Methods(purpose string, n int) []Method {
	i, ok := purposeIndex(purpose)
	if !ok || c.bare || n <= 0 {
		return nil
	}
	if c.single != nil {
		return []Method{*c.single}
	}
	var all []Method
	for looked, id := range c.listed[i] {
		if looked == 2*n || len(all) == n {
			break
		}
		if m, err := c.Method(id, purpose); err == nil {
			all = append(all, m)
		}
	}
	return all
}
