"""E-invoices by the European standard EN 16931 and by FatturaPA: XML in, documents out (`syntaxes.read_xml`)."""
