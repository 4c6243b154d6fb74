using CsCheck;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Members;

public sealed class ContactDetailsTests
{
    [Theory]
    [InlineData("DE", "de")]
    [InlineData("pt-br", "pt-BR")]
    [InlineData("zh-hANT-tw", "zh-Hant-TW")]
    [InlineData("es-419", "es-419")]
    [InlineData("yue", "yue")]
    [InlineData("sl-Rozaj-BISKE", "sl-rozaj-biske")]
    [InlineData("de-CH-1901", "de-CH-1901")]
    public void A_language_tag_gets_its_canonical_case(string typed, string tag) => Assert.Equal(tag, LanguageTag.Parse(typed).Value.Value);

    [Theory]
    [InlineData("")]
    [InlineData("German")]
    [InlineData("d")]
    [InlineData("de_DE")]
    [InlineData("de-")]
    [InlineData("de-x-mine")]
    [InlineData("i-klingon")]
    [InlineData("de-DE-DE")]
    [InlineData("sl-rozaj-rozaj")]
    [InlineData("dé")]
    [InlineData("en-abcdefgh-bcdefghi-cdefghij-defghijk")]
    public void What_is_no_language_tag_is_refused(string typed) =>
        Assert.Equal("contact.language-unreadable", LanguageTag.Parse(typed).Refusal.Code);

    [Theory]
    [InlineData("+49 (0)40 / 8998-0", "+49 40 8998 0")]
    [InlineData("+1 (312) 555.0100", "+1 312 555 0100")]
    [InlineData("+81298641171", "+81298641171")]
    public void A_phone_number_keeps_its_groups(string typed, string number) =>
        Assert.Equal(number, ContactDetails.Read(null, typed, null, null).Details!.Phone);

    [Theory]
    [InlineData("040 8998 0")]
    [InlineData("+49")]
    [InlineData("+0049 40 8998")]
    [InlineData("+49 40 8998 0 ext 3")]
    [InlineData("+1234567890123456")]
    [InlineData("+４９ 40 89980")]
    public void A_phone_number_that_cannot_be_dialled_from_abroad_is_refused(string typed) =>
        Assert.Equal("contact.phone-unreadable", Assert.Single(ContactDetails.Read(null, typed, null, null).Wrong).Code);

    [Theory]
    [InlineData("http://kek.jp")]
    [InlineData("https://")]
    [InlineData("https://localhost")]
    [InlineData("https://me:word@kek.jp")]
    [InlineData("https://kek.jp/ x")]
    [InlineData("https://kek.jp/\"onclick=")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//kek.jp")]
    public void A_web_page_is_an_https_address_and_nothing_else(string typed) =>
        Assert.Equal("contact.web-unreadable", Assert.Single(ContactDetails.Read(null, null, null, typed).Wrong).Code);

    [Fact]
    public void Every_fault_is_told_at_its_field_at_once()
    {
        var (details, wrong) = ContactDetails.Read("German", "1", new string('o', 81), "kek.jp");

        Assert.Null(details);
        Assert.Equal(["languages", "phone", "office", "web"], wrong.Select(w => w.Field));
    }

    [Fact]
    public void Languages_keep_their_order_and_none_is_there_twice()
    {
        Assert.Equal("ja, en", ContactDetails.Read("JA; en, ja", null, null, null).Details!.LanguageList);
        var many = string.Join(',', Enumerable.Range('a', 13).Select(c => $"{(char)c}{(char)c}"));
        Assert.Equal("contact.too-many-languages", Assert.Single(ContactDetails.Read(many, null, null, null).Wrong).Code);
    }

    [Fact]
    public void What_was_read_is_read_again_as_the_same()
    {
        Gen.Select(Gen.String, Gen.String, Gen.String)
            .Sample(
                (phone, office, web) =>
                {
                    if (ContactDetails.Read("de,en", $"+49{phone}40899800", office, $"https://kek.jp/{web}").Details is not { } read)
                        return;
                    var again = ContactDetails.Read(read.LanguageList, read.Phone, read.Office, read.Web).Details;
                    Assert.NotNull(again);
                    Assert.True(read.IsSameAs(again));
                }
            );
    }

    [Fact]
    public void Only_a_change_is_one()
    {
        var now = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        var contact = new MemberContact(new MemberId(new Guid("018f0000-0000-7000-8000-000000000001")));
        var details = ContactDetails.Read("de", "+49 40 8998 0", "2b / 17", null).Details!;

        Assert.False(contact.Change(ContactDetails.None, now));
        Assert.True(contact.Change(details, now));
        Assert.False(contact.Change(details, now.AddDays(1)));
        Assert.Equal(now, contact.ChangedAt);
        Assert.True(contact.Details.IsSameAs(details));
    }
}
