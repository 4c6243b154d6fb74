using System.Formats.Asn1;
using System.Text;
using Muster.Core.X509;
using Xunit;

namespace Muster.Core.Tests.X509;

public class DistinguishedNameTests
{
    private const string Cn = "2.5.4.3";
    private const string Dc = "0.9.2342.19200300.100.1.25";
    private const string Uid = "0.9.2342.19200300.100.1.1";
    private const string Email = "1.2.840.113549.1.9.1";

    [Theory]
    [InlineData("/DC=org/DC=demo/CN=Jane Doe", "dc=org,dc=demo,cn=jane doe", "CN=Jane Doe,DC=demo,DC=org")]
    [InlineData("/O=Société, Inc/CN=d'Artagnan", @"o=société\, inc,cn=d'artagnan", @"CN=d'Artagnan,O=Société\, Inc")]
    [InlineData(
        "/C=DE/O=GermanGrid/CN=host/ce.example.org",
        "c=de,o=germangrid,cn=host/ce.example.org",
        "CN=host/ce.example.org,O=GermanGrid,C=DE"
    )]
    [InlineData("/O=http://slash.edu:7656/testing/CN=x", "o=http://slash.edu:7656/testing,cn=x", "CN=x,O=http://slash.edu:7656/testing")]
    [InlineData("/DC=ch/CN=jdoe/CN=123456/CN=Jane Doe", "dc=ch,cn=jdoe,cn=123456,cn=jane doe", "CN=Jane Doe,CN=123456,CN=jdoe,DC=ch")]
    [InlineData(
        "/C=IT/CN=Robot: data - Maria Rossi/UID=mrossi",
        "c=it,cn=robot: data - maria rossi,uid=mrossi",
        "UID=mrossi,CN=Robot: data - Maria Rossi,C=IT"
    )]
    [InlineData("/CN=A+UID=b", "cn=a+uid=b", "CN=A+UID=b")]
    [InlineData("/CN=C++ Group", @"cn=c\+\+ group", @"CN=C\+\+ Group")]
    public void A_slash_form_is_read_and_printed(string slash, string key, string rfc4514)
    {
        var name = DistinguishedName.ParseSlash(slash).Value;

        Assert.Equal(key, name.Key);
        Assert.Equal(rfc4514, name.Rfc4514);
        Assert.Equal(name, DistinguishedName.ParseSlash(name.Slash).Value);
    }

    [Theory]
    [InlineData("/DC=ch/DC=cern/CN=CERN Grid Certification Authority", "ch")]
    [InlineData("/C=DE/O=GermanGrid/CN=GridKa-CA", null)]
    public void The_first_domain_is_the_one_that_the_name_begins_with(string slash, string? domain)
    {
        Assert.Equal(domain, DistinguishedName.ParseSlash(slash).Value.FirstDomain);
    }

    [Theory]
    [InlineData("/CN=Jane Doe", "/cn=  JANE \t doe ")]
    [InlineData("/CN=x/E=Jane@Example.org", "/CN=x/emailAddress=jane@example.org")]
    [InlineData("/CN=x/Email=jane@example.org", "/CN=x/E=jane@example.org")]
    [InlineData("/USERID=jdoe/CN=x", "/UID=jdoe/CN=x")]
    [InlineData(@"/CN=Andr\xC3\xA9", "/CN=ANDRÉ")]
    [InlineData(@"/CN=Andr\xE9", "/CN=André")]
    [InlineData("/CN=Andre\u0301", "/CN=André")]
    [InlineData(@"/CN=\x00J\x00a\x00n", "/CN=Jan")]
    [InlineData(@"/CN=host\/ce.example.org", "/CN=host/ce.example.org")]
    [InlineData("/CN=a+UID=b", "/UID=b+CN=a")]
    [InlineData("/2.5.4.3=x", "/CN=x")]
    public void Two_spellings_of_one_name_are_equal(string one, string other)
    {
        Assert.True(DistinguishedName.ParseSlash(one).Value.Equals(DistinguishedName.ParseSlash(other).Value));
    }

    [Theory]
    [InlineData("/CN=Jane Doe", "/CN=JaneDoe")]
    [InlineData("/CN=a/CN=b", "/CN=b/CN=a")]
    [InlineData("/CN=a,cn=b", "/CN=a/CN=b")]
    [InlineData("/CN=#0500", "/CN=0500")]
    [InlineData("/OU=x", "/O=x")]
    public void Two_names_stay_two(string one, string other)
    {
        Assert.NotEqual(DistinguishedName.ParseSlash(one).Value.Key, DistinguishedName.ParseSlash(other).Value.Key, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(UniversalTagNumber.UTF8String)]
    [InlineData(UniversalTagNumber.BMPString)]
    [InlineData(UniversalTagNumber.T61String)]
    public void The_type_of_string_makes_no_difference(UniversalTagNumber type)
    {
        var name = DistinguishedName.Parse(Der((Dc, UniversalTagNumber.IA5String, "org"), (Cn, type, "José  Núñez"))).Value;

        Assert.Equal("dc=org,cn=josé núñez", name.Key);
        Assert.Equal(DistinguishedName.ParseSlash(name.Slash).Value, name);
    }

    [Fact]
    public void Der_is_kept_and_attributes_are_listed()
    {
        var der = Der(
            (Uid, UniversalTagNumber.UTF8String, "jdoe"),
            (Cn, UniversalTagNumber.UTF8String, "jdoe"),
            (Cn, UniversalTagNumber.PrintableString, "Jane Doe"),
            (Email, UniversalTagNumber.IA5String, "jane@example.org")
        );

        var name = DistinguishedName.Parse(der).Value;

        Assert.Equal(der, name.Der.ToArray());
        Assert.Equal("/UID=jdoe/CN=jdoe/CN=Jane Doe/emailAddress=jane@example.org", name.Slash);
        Assert.Equal(["jdoe", "Jane Doe"], name.CommonNames);
        Assert.Equal(["jane@example.org"], name.Emails);
    }

    [Fact]
    public void Octets_outside_printable_ascii_are_escaped_as_openssl_does()
    {
        Assert.Equal(@"/CN=Ren\xC3\xA9", DistinguishedName.Parse(Der((Cn, UniversalTagNumber.UTF8String, "René"))).Value.Slash);
        Assert.Equal(@"/CN=\x00J\x00\xE9", DistinguishedName.Parse(Der((Cn, UniversalTagNumber.BMPString, "Jé"))).Value.Slash);
    }

    [Fact]
    public void A_control_character_does_not_make_two_people_one()
    {
        var plain = DistinguishedName.Parse(Der((Cn, UniversalTagNumber.UTF8String, "Jane"))).Value;

        Assert.NotEqual(plain, DistinguishedName.Parse(Der((Cn, UniversalTagNumber.UTF8String, "Jane\0"))).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Jane Doe")]
    [InlineData("/Nonsense=x/CN=y")]
    [InlineData("CN=Jane,O=Demo")]
    public void Text_that_is_no_slash_form_is_refused(string text)
    {
        Assert.Equal("name.unreadable", DistinguishedName.ParseSlash(text).Refusal.Code);
    }

    [Fact]
    public void A_name_out_of_bounds_is_refused()
    {
        Assert.Equal("name.unreadable", DistinguishedName.ParseSlash("/CN=" + new string('x', 5000)).Refusal.Code);
        Assert.Equal(
            "name.unreadable",
            DistinguishedName.Parse(Der((Cn, UniversalTagNumber.UTF8String, new string('x', 5000)))).Refusal.Code
        );
    }

    private static byte[] Der(params (string Oid, UniversalTagNumber Type, string Value)[] attributes)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var (oid, type, value) in attributes)
            {
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                    if (type == UniversalTagNumber.T61String)
                    {
                        var latin = Encoding.Latin1.GetBytes(value);
                        writer.WriteEncodedValue([0x14, (byte)latin.Length, .. latin]);
                    }
                    else
                    {
                        writer.WriteCharacterString(type, value);
                    }
                }
            }
        }

        return writer.Encode();
    }
}
