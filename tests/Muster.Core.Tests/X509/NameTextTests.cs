using Muster.Core.X509;
using Xunit;

namespace Muster.Core.Tests.X509;

/// <summary>Subjects as people copy them.</summary>
public sealed class NameTextTests
{
    [Theory]
    [InlineData("/DC=org/DC=demo/CN=Jane Doe")]
    [InlineData("CN=Jane Doe,DC=demo,DC=org")]
    [InlineData("cn=Jane Doe, dc=demo, dc=org")]
    [InlineData("DC = org, DC = demo, CN = Jane Doe")]
    [InlineData("DC=org, DC=demo, CN=Jane Doe")]
    [InlineData("subject=DC = org, DC = demo, CN = Jane Doe")]
    [InlineData("subject=/DC=org/DC=demo/CN=Jane Doe")]
    [InlineData("Subject: CN=Jane Doe,DC=demo,DC=org")]
    [InlineData("CN=\"Jane Doe\";DC=demo;DC=org")]
    [InlineData("CN=Jane\\20Doe,DC=demo,DC=org")]
    public void Every_usual_spelling_is_the_same_name(string text) =>
        Assert.Equal(DistinguishedName.ParseSlash("/DC=org/DC=demo/CN=Jane Doe").Value, DistinguishedName.ParseText(text).Value);

    [Theory]
    [InlineData("CN=Doe\\, Jane,O=Lab", "/O=Lab/CN=Doe, Jane")]
    [InlineData("CN=M\\C3\\BCller,C=DE", "/C=DE/CN=M\\xC3\\xBCller")]
    [InlineData("CN=Müller,C=DE", "/C=DE/CN=M\\xC3\\xBCller")]
    [InlineData("UID=jdoe+CN=Jane,O=Lab", "/O=Lab/UID=jdoe+CN=Jane")]
    [InlineData("emailAddress=a@b.c,CN=Jane,O=Lab", "/O=Lab/CN=Jane/emailAddress=a@b.c")]
    public void Escapes_and_several_values_are_understood(string text, string slash) =>
        Assert.Equal(slash, DistinguishedName.ParseText(text).Value.Slash);

    [Theory]
    [InlineData("")]
    [InlineData("Jane Doe")]
    [InlineData("CN=")]
    [InlineData("CN=Jane,")]
    [InlineData("CN=Jane\\")]
    [InlineData("CN=\"Jane")]
    [InlineData("XYZZY=Jane")]
    [InlineData("subject=")]
    public void What_is_no_name_is_refused(string text) => Assert.Equal("name.unreadable", DistinguishedName.ParseText(text).Refusal.Code);

    [Fact]
    public void What_is_printed_after_the_standard_is_read_back()
    {
        foreach (var slash in new[] { "/C=IT/O=INFN/L=Pisa/CN=D'Angelo, Rosa", "/DC=ch/OU=Users/CN=x=y", "/C=FR/O=A + B/CN= spaced " })
        {
            var name = DistinguishedName.ParseSlash(slash).Value;
            Assert.Equal(name, DistinguishedName.ParseText(name.Rfc4514).Value);
        }
    }
}
