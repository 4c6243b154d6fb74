using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CsCheck;
using Muster.Core.AuthorLists;
using Xunit;

namespace Muster.Core.Tests.AuthorLists;

public sealed class AuthorXmlTests
{
    private static readonly XNamespace Cal = "http://inspirehep.net/info/HepNames/tools/authors_xml/";
    private static readonly XNamespace Foaf = "http://xmlns.com/foaf/0.1/";

    [Fact]
    public void Three_thousand_authors_with_nasty_names_are_valid() =>
        Assert.Equal("", Xmllint.Complaints(AuthorXml.Write(Lists.Checked(Lists.Make(3_000, 200, 11))), AuthorXml.Dtd));

    /// <summary>The document type is not one for our lists alone: everything that the published explanation names has its place.</summary>
    [Fact]
    public void A_list_by_others_with_all_that_the_explanation_names_is_valid() =>
        Assert.Equal(
            "",
            Xmllint.Complaints(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE collaborationauthorlist SYSTEM "author.dtd">
                <collaborationauthorlist xmlns:foaf="http://xmlns.com/foaf/0.1/"
                    xmlns:cal="http://inspirehep.net/info/HepNames/tools/authors_xml/">
                  <cal:creationDate>2026-03-14_10:10</cal:creationDate>
                  <cal:publicationReference>Two detectors, one paper</cal:publicationReference>
                  <cal:collaborations>
                    <cal:collaboration id="c1"><foaf:name>North</foaf:name><cal:group with="both"/></cal:collaboration>
                    <cal:collaboration id="both"><foaf:name>North and South</foaf:name><cal:experimentNumber>E 12</cal:experimentNumber></cal:collaboration>
                  </cal:collaborations>
                  <cal:organizations>
                    <foaf:Organization id="o1">
                      <foaf:name>The whole</foaf:name>
                    </foaf:Organization>
                    <foaf:Organization id="o1a">
                      <cal:orgDomain>part.example.org</cal:orgDomain>
                      <foaf:name>A part</foaf:name>
                      <cal:orgName source="INSPIRE">Part</cal:orgName>
                      <cal:orgName>P.</cal:orgName>
                      <cal:orgStatus collaborationid="c1">member</cal:orgStatus>
                      <cal:orgStatus collaborationid="both">nonmember</cal:orgStatus>
                      <cal:orgAddress>1 Road, Town</cal:orgAddress>
                      <cal:group with="o1"/>
                    </foaf:Organization>
                  </cal:organizations>
                  <cal:authors>
                    <foaf:Person>
                      <foaf:familyName>Suryani</foaf:familyName>
                      <cal:authorSuffix>Jr.</cal:authorSuffix>
                      <cal:authorStatus/>
                      <cal:authorNamePaper>Suryani Jr.</cal:authorNamePaper>
                      <cal:authorCollaboration/>
                      <cal:authorCollaboration collaborationid="both" position="Editor"/>
                      <cal:authorAffiliations>
                        <cal:authorAffiliation organizationid="o1"/>
                        <cal:authorAffiliation organizationid="o1a" connection="Also at"/>
                      </cal:authorAffiliations>
                      <cal:authorids>
                        <cal:authorid source="INSPIRE">INSPIRE-00000001</cal:authorid>
                        <cal:authorid source="INTERNAL">17</cal:authorid>
                      </cal:authorids>
                      <cal:authorFunding>A fellowship</cal:authorFunding>
                    </foaf:Person>
                    <foaf:Person>
                      <foaf:familyName>Alone</foaf:familyName>
                      <cal:authorNamePaper>Alone</cal:authorNamePaper>
                      <cal:authorCollaboration collaborationid="c1"/>
                      <cal:authorAffiliations/>
                    </foaf:Person>
                  </cal:authors>
                </collaborationauthorlist>
                """,
                AuthorXml.Dtd
            )
        );

    /// <summary>Each change breaks one rule of the document type.</summary>
    [Theory]
    [InlineData("<cal:creationDate>2026-03-14</cal:creationDate>", "")]
    [InlineData("<foaf:familyName>Lovelace</foaf:familyName>", "")]
    [InlineData("<cal:authorNamePaper>A. Lovelace</cal:authorNamePaper>", "")]
    [InlineData("<cal:authorCollaboration collaborationid=\"c1\" />", "")]
    [InlineData("<cal:authorCollaboration collaborationid=\"c1\" />", "<cal:authorCollaboration collaborationid=\"c2\" />")]
    [InlineData("<foaf:Organization id=\"a1\">", "<foaf:Organization>")]
    [InlineData("<foaf:Organization id=\"a1\">", "<foaf:Organization id=\"c1\">")]
    [InlineData("<foaf:Organization id=\"a1\">", "<foaf:Organization id=\"1\">")]
    [InlineData("organizationid=\"a1\"", "organizationid=\"a2\"")]
    [InlineData("organizationid=\"a1\" ", "")]
    [InlineData("organizationid=\"a1\"", "organisationid=\"a1\"")]
    [InlineData("<foaf:name>KEK</foaf:name>", "")]
    [InlineData("<foaf:name>KEK</foaf:name>", "<foaf:name>KEK</foaf:name><foaf:name>KEK</foaf:name>")]
    [InlineData("<cal:authorid source=\"ORCID\">", "<cal:authorid>")]
    [InlineData("<cal:orgAddress>", "<cal:orgDomain>kek.jp</cal:orgDomain><cal:orgAddress>")]
    [InlineData("<cal:authors>", "text<cal:authors>")]
    [InlineData("authors_xml/\"", "authors_xml\"")]
    public void The_document_type_does_not_take_anything(string right, string wrong)
    {
        var document = AuthorXml.Write(Lists.Checked(Lists.One()));
        Assert.Equal("", Xmllint.Complaints(document, AuthorXml.Dtd));
        Assert.Contains(right, document, StringComparison.Ordinal);

        Assert.NotEqual("", Xmllint.Complaints(document.Replace(right, wrong, StringComparison.Ordinal), AuthorXml.Dtd));
    }

    [Fact]
    public void Any_list_is_valid_for_the_platforms_reader_too_which_checks_ids_and_references()
    {
        Lists
            .Any(40)
            .Sample(
                list =>
                {
                    var settings = new XmlReaderSettings
                    {
                        DtdProcessing = DtdProcessing.Parse,
                        ValidationType = ValidationType.DTD,
                        XmlResolver = new OurType(),
                    };
                    var found = new List<string>();
                    settings.ValidationEventHandler += (_, e) => found.Add(e.Message);
                    using var reader = XmlReader.Create(new StringReader(AuthorXml.Write(Lists.Checked(list))), settings);
                    while (reader.Read()) { }
                    Assert.Empty(found);
                },
                iter: 200
            );
    }

    [Fact]
    public void Everybody_and_every_place_is_found_again()
    {
        Lists
            .Any(80)
            .Sample(
                list =>
                {
                    var made = Lists.Checked(list);

                    var root = XDocument.Parse(AuthorXml.Write(made)).Root!;

                    Assert.Equal(made.Reference, root.Element(Cal + "publicationReference")!.Value);
                    var places = root.Descendants(Foaf + "Organization")
                        .ToDictionary(o => o.Attribute("id")!.Value, StringComparer.Ordinal);
                    Assert.Equal(made.Organisations.Count, places.Count);
                    Assert.Equal(made.Authors.Select(Described), root.Descendants(Foaf + "Person").Select(p => Described(p, places)));
                },
                iter: 200
            );
    }

    [Fact]
    public void The_dead_are_marked_and_what_is_not_known_is_left_out()
    {
        var full = AuthorXml.Write(Lists.Checked(Lists.One(a => a with { IsDeceased = true, Native = "愛達", Funding = "Fellow" })));
        var bare = AuthorXml.Write(Lists.Checked(Lists.One(a => a with { Given = null, Orcid = null }, o => o with { Ror = null })));

        Assert.Contains("<cal:authorStatus>Deceased</cal:authorStatus>", full, StringComparison.Ordinal);
        Assert.Contains("<cal:authorNamePaperGiven>A.</cal:authorNamePaperGiven>", full, StringComparison.Ordinal);
        Assert.All(
            (string[])["authorStatus", "authorNameNative", "givenName", "authorid", "authorFunding", "orgName"],
            name => Assert.DoesNotContain(name, bare, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_document_says_where_its_type_is_and_how_it_is_encoded()
    {
        var made = Lists.Checked(Lists.One());

        Assert.StartsWith(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE collaborationauthorlist SYSTEM \"author.dtd\">\n<collaborationauthorlist ",
            AuthorXml.Write(made),
            StringComparison.Ordinal
        );
        Assert.Contains("SYSTEM \"../types/author.dtd\"", AuthorXml.Write(made, "../types/author.dtd"), StringComparison.Ordinal);
    }

    private static string Described(ListedAuthor author) =>
        string.Join(
            '|',
            author.Given,
            author.Family,
            author.PaperName,
            author.Native,
            author.Orcid?.Value,
            author.IsDeceased,
            author.Funding,
            string.Join(
                '|',
                author.Affiliations.Select(a =>
                    $"{a.Connection}|{a.Organisation.Name}|{a.Organisation.Address}|{a.Organisation.Ror?.Url}|{a.Organisation.IsMember}"
                )
            )
        );

    private static string Described(XElement person, Dictionary<string, XElement> places) =>
        string.Join(
            '|',
            person.Element(Foaf + "givenName")?.Value,
            person.Element(Foaf + "familyName")!.Value,
            person.Element(Cal + "authorNamePaper")!.Value,
            person.Element(Cal + "authorNameNative")?.Value,
            person.Descendants(Cal + "authorid").SingleOrDefault(i => i.Attribute("source")!.Value == "ORCID")?.Value,
            person.Element(Cal + "authorStatus")?.Value == "Deceased",
            person.Element(Cal + "authorFunding")?.Value,
            string.Join(
                '|',
                person
                    .Descendants(Cal + "authorAffiliation")
                    .Select(a =>
                    {
                        var place = places[a.Attribute("organizationid")!.Value];
                        var connection = a.Attribute("connection")!.Value switch
                        {
                            "Affiliated with" => Connection.AffiliatedWith,
                            "Also at" => Connection.AlsoAt,
                            "On leave from" => Connection.OnLeaveFrom,
                            "Visitor" => Connection.Visitor,
                            var other => throw new FormatException(other),
                        };
                        return $"{connection}|{place.Element(Foaf + "name")!.Value}|{place.Element(Cal + "orgAddress")!.Value}"
                            + $"|{place.Element(Cal + "orgName")?.Value}|{place.Element(Cal + "orgStatus")!.Value == "member"}";
                    })
            )
        );

    /// <summary>Our document type, whatever is asked for.</summary>
    private sealed class OurType : XmlResolver
    {
        public override object GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) =>
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(AuthorXml.Dtd));
    }
}
