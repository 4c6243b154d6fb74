using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Xunit;

namespace Muster.Core.Tests.Registrations;

public sealed class RegistrationRulesTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public void On_the_list_by_subject_with_the_same_address_and_name_is_approved_at_once()
    {
        var decision = RegistrationRules.Decide(RegistrationTests.Submitted(), Facts(bySubject: Member()));

        Assert.Equal(RegistrationRules.RuleBySubject, Assert.IsType<Decision.ApproveAtOnce>(decision).Rule);
    }

    [Fact]
    public void Found_by_address_alone_is_approved_when_the_list_has_no_certificate_and_the_names_agree()
    {
        var decision = RegistrationRules.Decide(RegistrationTests.Submitted(), Facts(byEmail: [Member(certificate: null)]));

        Assert.Equal(RegistrationRules.RuleByEmail, Assert.IsType<Decision.ApproveAtOnce>(decision).Rule);
    }

    [Fact]
    public void Each_difference_asks_a_registrar_and_is_named()
    {
        Assert.Equal([RegistrationRules.NotOnList], Reasons(Facts()));
        Assert.Equal([RegistrationRules.AddressShared], Reasons(Facts(byEmail: [Member(), Member()])));
        Assert.Equal([RegistrationRules.MembershipEnded], Reasons(Facts(bySubject: Member(until: Today))));
        Assert.Equal([RegistrationRules.EmailDiffers], Reasons(Facts(bySubject: Member(email: "else@example.org"))));
        Assert.Equal([RegistrationRules.NameDiffers], Reasons(Facts(bySubject: Member(family: "Quitedifferent"))));
        Assert.Equal([RegistrationRules.CertificateDiffers], Reasons(Facts(byEmail: [Member(certificate: "another key")])));
        Assert.Equal(
            [RegistrationRules.SimilarName],
            Reasons(Facts(bySubject: Member()) with { Duplicates = [new Duplicate(DuplicateBy.SimilarName, "example", null)] })
        );
        Assert.Equal([RegistrationRules.AskedFor], Reasons(Facts(bySubject: Member()), asks: true));
    }

    [Theory]
    [InlineData(DuplicateBy.Member)]
    [InlineData(DuplicateBy.Email)]
    [InlineData(DuplicateBy.Certificate)]
    public void What_exists_already_is_refused_and_not_doubled(DuplicateBy by)
    {
        var facts = Facts(bySubject: Member()) with { Duplicates = [new Duplicate(by, "example", null)] };

        var decision = RegistrationRules.Decide(RegistrationTests.Submitted(), facts);

        Assert.Equal("registration.account-exists", Assert.IsType<Decision.Refuse>(decision).Why.Code);
    }

    [Fact]
    public void A_certificate_that_no_longer_holds_is_refused_whatever_the_list_says()
    {
        var facts = Facts(bySubject: Member()) with { CertificateProblem = new Refusal("certificate.revoked") };

        Assert.Equal(
            "certificate.revoked",
            Assert.IsType<Decision.Refuse>(RegistrationRules.Decide(RegistrationTests.Submitted(), facts)).Why.Code
        );
    }

    private static IReadOnlyList<string> Reasons(RegistrationFacts facts, bool asks = false) =>
        Assert.IsType<Decision.AskRegistrar>(RegistrationRules.Decide(RegistrationTests.Submitted(asks: asks), facts)).Reasons;

    private static RegistrationFacts Facts(Member? bySubject = null, IReadOnlyList<Member>? byEmail = null) =>
        new()
        {
            MemberBySubject = bySubject,
            MembersByEmail = byEmail ?? [],
            CertificateName = "Ada Example",
            Today = Today,
        };

    private static Member Member(
        string email = "ada@example.org",
        string family = "Example",
        string? certificate = "key",
        DateOnly? until = null
    )
    {
        var id = new MemberId(new Guid("018f0000-0000-7000-8000-000000000001"));
        var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var member = Core.Members.Member.Enter(id, PersonName.Create("Ada", family, NameOrder.GivenFirst, null).Value, null, at);
        member.AddEmail(RegistrationTests.Email(email));
        if (certificate is not null)
            member.AddCertificate(new MemberCertificate(id, certificate, "/CN=Ada Example", "list", at));
        _ = member
            .Join(
                new InstituteId(new Guid("018f0000-0000-7000-8000-000000000002")),
                new MembershipTerms("staff", MembershipCategory.Full, 100, new DateOnly(2025, 1, 1), until)
            )
            .Value;
        return member;
    }
}
