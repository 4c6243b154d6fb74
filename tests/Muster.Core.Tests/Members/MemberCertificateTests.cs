using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Members;

public sealed class MemberCertificateTests
{
    private static readonly DateTimeOffset End = new(2027, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Begin = End.AddYears(-1);
    private static readonly DateTimeOffset Now = End.AddDays(-6);
    private static readonly int[] Thresholds = [30, 14, 7, 1];
    private static readonly MemberId Me = new(Guid.CreateVersion7());

    [Fact]
    public void Each_threshold_is_warned_of_once_and_nothing_after_the_end()
    {
        var certificate = Certificate();
        var warned = Enumerable
            .Range(-1000, 1100)
            .Select(hours => certificate.TakeDueWarning(Thresholds, End.AddHours(hours)))
            .OfType<int>();

        Assert.Equal([30, 14, 7, 1], warned);
    }

    [Fact]
    public void Of_several_that_have_passed_only_the_nearest_is_told()
    {
        var certificate = Certificate();

        Assert.Equal(7, certificate.TakeDueWarning(Thresholds, End.AddDays(-5)));
        Assert.Null(certificate.TakeDueWarning(Thresholds, End.AddDays(-4)));
    }

    [Fact]
    public void A_renewed_one_begins_again_and_an_old_one_beside_it_changes_nothing()
    {
        var certificate = Certificate();
        certificate.TakeDueWarning(Thresholds, End.AddDays(-5));

        Assert.True(certificate.Seen(new SeenCertificate("/CN=CA", "02", Begin.AddYears(1), End.AddYears(1)), Now));
        Assert.False(certificate.IsSucceededBy(new SeenCertificate("/CN=CA", "02", Begin.AddYears(1), End.AddYears(1)), Now));
        Assert.False(certificate.Seen(new SeenCertificate("/CN=CA", "01", Begin, End), Now));

        Assert.Equal(End.AddYears(1), certificate.NotAfter);
        Assert.Null(certificate.WarnedDays);
        Assert.Null(certificate.TakeDueWarning(Thresholds, End));
    }

    [Fact]
    public void A_renewed_one_that_ends_earlier_counts_because_it_begins_later()
    {
        var certificate = Certificate();
        certificate.TakeDueWarning(Thresholds, End.AddDays(-5));

        Assert.True(certificate.Seen(new SeenCertificate("/CN=CA", "02", Begin.AddDays(30), End.AddDays(-40)), End.AddDays(-80)));
        Assert.False(certificate.Seen(new SeenCertificate("/CN=CA", "01", Begin, End), End.AddDays(-80)));

        Assert.Equal(End.AddDays(-40), certificate.NotAfter);
        Assert.Equal(30, certificate.TakeDueWarning(Thresholds, End.AddDays(-69)));
    }

    [Fact]
    public void Of_two_that_begin_together_the_one_that_ends_later_counts_in_either_order()
    {
        var certificate = Certificate();

        Assert.False(certificate.Seen(new SeenCertificate("/CN=CA", "02", Begin, End.AddDays(-1)), Now));
        Assert.True(certificate.Seen(new SeenCertificate("/CN=CA", "03", Begin, End.AddDays(1)), Now));
        Assert.Equal(End.AddDays(1), certificate.NotAfter);
    }

    [Fact]
    public void One_that_is_over_gives_way_to_any_that_is_not()
    {
        var certificate = Certificate();
        var longer = new SeenCertificate("/CN=CA", "00", Begin.AddDays(-30), End.AddDays(300));

        Assert.False(certificate.Seen(longer, End));
        Assert.True(certificate.Seen(longer, End.AddSeconds(1)));
        Assert.Equal(30, certificate.TakeDueWarning(Thresholds, End.AddDays(280)));
    }

    [Fact]
    public void Where_the_begin_was_not_kept_one_that_ends_earlier_counts_too()
    {
        var certificate = WithoutBegin();

        Assert.True(certificate.Seen(new SeenCertificate("/CN=CA", "02", Now.AddDays(-20), End.AddDays(-1)), Now));
        Assert.Equal(End.AddDays(-1), certificate.NotAfter);
        Assert.Equal(7, certificate.TakeDueWarning(Thresholds, Now));
    }

    [Fact]
    public void Where_the_begin_was_not_kept_an_older_one_counts_until_the_newer_one_is_shown_again()
    {
        var certificate = WithoutBegin();
        var (older, newer) = (
            new SeenCertificate("/CN=CA", "00", Begin.AddDays(-30), End.AddDays(-1)),
            new SeenCertificate("/CN=CA", "01", Begin, End)
        );

        Assert.True(certificate.Seen(older, Now));
        Assert.True(certificate.Seen(newer, Now));
        Assert.False(certificate.IsSucceededBy(older, Now));
        Assert.Equal((Begin, End), (certificate.NotBefore, certificate.NotAfter));
    }

    [Fact]
    public void A_begin_that_was_not_kept_is_learned_of_the_same_certificate_and_no_renewal_is_told()
    {
        var certificate = WithoutBegin();
        var same = new SeenCertificate("/CN=CA", "01", Begin, End);

        Assert.True(certificate.IsSucceededBy(same, Now));
        Assert.False(certificate.Seen(same, Now));
        Assert.Equal(Begin, certificate.NotBefore);
        Assert.False(certificate.IsSucceededBy(same, Now));
    }

    [Fact]
    public void A_threshold_that_is_no_shorter_than_the_whole_life_is_passed_in_silence()
    {
        var certificate = Certificate();
        certificate.Seen(new SeenCertificate("/CN=CA", "02", Now, Now.AddDays(7)), Now);

        var warned = Enumerable.Range(0, 200).Select(hours => (hours, certificate.TakeDueWarning(Thresholds, Now.AddHours(hours))));

        Assert.Equal((6 * 24, 1), Assert.Single(warned, w => w.Item2 is not null));
    }

    [Fact]
    public void A_suspended_one_is_not_warned_of()
    {
        var certificate = Certificate();

        Assert.True(certificate.Suspend(End.AddDays(-20)));
        Assert.False(certificate.Suspend(End.AddDays(-19)));
        Assert.Null(certificate.TakeDueWarning(Thresholds, End.AddDays(-5)));
        Assert.True(certificate.Resume());
        Assert.False(certificate.Resume());
        Assert.Equal(7, certificate.TakeDueWarning(Thresholds, End.AddDays(-5)));
    }

    [Fact]
    public void Nobody_decides_about_a_request_of_their_own_nor_twice()
    {
        var request = new CertificateRequest(Guid.CreateVersion7(), Me, "cn=robot", "/CN=Robot", "nightly copies", End);

        Assert.Equal("certificate.own-request", request.Decide(true, "me", Me, null, End).Refusal.Code);
        Assert.True(request.Decide(true, "desk", new MemberId(Guid.CreateVersion7()), null, End).IsSuccess);
        Assert.Equal(
            "certificate.request-closed",
            request.Decide(false, "desk", new MemberId(Guid.CreateVersion7()), "no", End).Refusal.Code
        );
        Assert.True(request.IsApproved);
    }

    /// <summary>As rows are read that were written before begins were kept.</summary>
    private static MemberCertificate WithoutBegin()
    {
        var certificate = Certificate();
        typeof(MemberCertificate).GetProperty(nameof(MemberCertificate.NotBefore))!.SetValue(certificate, null);
        return certificate;
    }

    private static MemberCertificate Certificate()
    {
        var certificate = new MemberCertificate(Me, "cn=me", "/CN=me", "browser", End.AddYears(-1));
        certificate.Seen(new SeenCertificate("/CN=CA", "01", Begin, End), Begin);
        return certificate;
    }
}
