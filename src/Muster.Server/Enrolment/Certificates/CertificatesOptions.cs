namespace Muster.Server.Enrolment.Certificates;

/// <summary>Certificates of members.</summary>
internal sealed class CertificatesOptions
{
    public const string Section = "Certificates";

    /// <summary>Days before the end of a certificate at which its holder is warned; empty means 30, 14, 7 and 1.</summary>
    public List<int> WarnDays { get; set; } = [];

    public IReadOnlyList<int> Thresholds => WarnDays.Count > 0 ? WarnDays : [30, 14, 7, 1];

    /// <summary>
    /// Days before the end from which on a certificate ends soon, for pages as for mails: a warning that is no shorter than the whole life says nothing.
    /// Nought where none is left.
    /// </summary>
    /// <param name="life">Null where its begin is not known.</param>
    public int SoonDays(TimeSpan? life) => Thresholds.Where(days => life is null || life > TimeSpan.FromDays(days)).DefaultIfEmpty(0).Max();

    public IEnumerable<string> Problems() =>
        WarnDays.Where(days => days is < 1 or > 365).Select(days => $"Certificates:WarnDays has {days}; it must be between 1 and 365");
}
