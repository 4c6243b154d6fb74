using System.Globalization;
using System.Text;
using System.Xml;

namespace Muster.Core.AuthorLists;

/// <summary>
/// The list as author.xml, the form that INSPIRE, the American Physical Society and arXiv agreed on
/// (https://github.com/inspirehep/author.xml, "Explanation of data value fields"). Valid by <see cref="Dtd"/>.
/// </summary>
public static class AuthorXml
{
    /// <summary>The name under which a file finds the document type beside it.</summary>
    public const string DtdName = "author.dtd";

    internal const string Cal = "http://inspirehep.net/info/HepNames/tools/authors_xml/";
    internal const string Foaf = "http://xmlns.com/foaf/0.1/";
    private const string CollaborationId = "c1";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly Lazy<string> Type = new(ReadDtd);

    /// <summary>The document type, to be served beside the list.</summary>
    public static string Dtd => Type.Value;

    /// <summary>The document, to be sent as UTF-8, which its first line says.</summary>
    /// <param name="systemIdentifier">Where a reader finds the document type, relative to the file or absolute; no quotes in it.</param>
    public static string Write(CheckedAuthorList list, string systemIdentifier = DtdName)
    {
        ArgumentNullException.ThrowIfNull(list);
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = Utf8,
            Indent = true,
            NewLineChars = "\n",
        };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            xml.WriteStartDocument();
            xml.WriteDocType("collaborationauthorlist", null, systemIdentifier, null);
            xml.WriteStartElement("collaborationauthorlist");
            xml.WriteAttributeString("xmlns", "foaf", null, Foaf);
            xml.WriteAttributeString("xmlns", "cal", null, Cal);
            WriteList(xml, list);
            xml.WriteEndElement();
        }
        return Utf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static void WriteList(XmlWriter xml, CheckedAuthorList list)
    {
        Text(xml, Cal, "creationDate", list.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Text(xml, Cal, "publicationReference", list.Reference);
        xml.WriteStartElement("collaborations", Cal);
        xml.WriteStartElement("collaboration", Cal);
        xml.WriteAttributeString("id", CollaborationId);
        Text(xml, Foaf, "name", list.Collaboration.Name);
        Text(xml, Cal, "experimentNumber", list.Collaboration.ExperimentNumber);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("organizations", Cal);
        foreach (var organisation in list.Organisations)
            WriteOrganisation(xml, organisation);
        xml.WriteEndElement();
        xml.WriteStartElement("authors", Cal);
        foreach (var author in list.Authors)
            WriteAuthor(xml, author);
        xml.WriteEndElement();
    }

    private static void WriteOrganisation(XmlWriter xml, ListedOrganisation organisation)
    {
        xml.WriteStartElement("Organization", Foaf);
        xml.WriteAttributeString("id", IdOf(organisation));
        Text(xml, Foaf, "name", organisation.Name);
        if (organisation.Ror is { } ror)
            Sourced(xml, "orgName", "ROR", ror.Url);
        xml.WriteStartElement("orgStatus", Cal);
        xml.WriteAttributeString("collaborationid", CollaborationId);
        xml.WriteString(organisation.IsMember ? "member" : "nonmember");
        xml.WriteEndElement();
        Text(xml, Cal, "orgAddress", organisation.Address);
        xml.WriteEndElement();
    }

    private static void WriteAuthor(XmlWriter xml, ListedAuthor author)
    {
        xml.WriteStartElement("Person", Foaf);
        Text(xml, Foaf, "name", author.Given is null ? author.Family : $"{author.Given} {author.Family}");
        Text(xml, Cal, "authorNameNative", author.Native);
        Text(xml, Foaf, "givenName", author.Given);
        Text(xml, Foaf, "familyName", author.Family);
        Text(xml, Cal, "authorStatus", author.IsDeceased ? "Deceased" : null);
        Text(xml, Cal, "authorNamePaper", author.PaperName);
        if (PaperName.GivenPart(author.PaperName, author.Family) is { } given)
        {
            Text(xml, Cal, "authorNamePaperGiven", given);
            Text(xml, Cal, "authorNamePaperFamily", author.Family);
        }
        xml.WriteStartElement("authorCollaboration", Cal);
        xml.WriteAttributeString("collaborationid", CollaborationId);
        xml.WriteEndElement();
        xml.WriteStartElement("authorAffiliations", Cal);
        foreach (var affiliation in author.Affiliations)
        {
            xml.WriteStartElement("authorAffiliation", Cal);
            xml.WriteAttributeString("organizationid", IdOf(affiliation.Organisation));
            xml.WriteAttributeString("connection", affiliation.Connection.Words());
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        if (author.Orcid is { } orcid)
        {
            xml.WriteStartElement("authorids", Cal);
            Sourced(xml, "authorid", "ORCID", orcid.Value);
            xml.WriteEndElement();
        }
        Text(xml, Cal, "authorFunding", author.Funding);
        xml.WriteEndElement();
    }

    /// <summary>A letter and the number, as the description has it; the organisation's own id may be no XML name.</summary>
    private static string IdOf(ListedOrganisation organisation) => string.Create(CultureInfo.InvariantCulture, $"a{organisation.Number}");

    private static void Text(XmlWriter xml, string space, string name, string? text)
    {
        if (text is not null)
            xml.WriteElementString(name, space, text);
    }

    private static void Sourced(XmlWriter xml, string name, string source, string text)
    {
        xml.WriteStartElement(name, Cal);
        xml.WriteAttributeString("source", source);
        xml.WriteString(text);
        xml.WriteEndElement();
    }

    private static string ReadDtd()
    {
        using var stored = typeof(AuthorXml).Assembly.GetManifestResourceStream(DtdName)!; // shipped
        using var reader = new StreamReader(stored, Utf8);
        return reader.ReadToEnd();
    }
}
