namespace Muster.Server.Enrolment.Certificates;

/// <summary>Certificates of members.</summary>
internal sealed class CertificatesOptions
{
    public const string Section = "Certificates";

    /// <summary>Days before the end of a certificate at which its holder is warned; empty means 30, 14, 7 and 1.</summary>
    public List<int> WarnDays { get; set; } = [];

    public IReadOnlyList<int> Thresholds => WarnDays.Count > 0 ? WarnDays : [30, 14, 7, 1];

    public IEnumerable<string> Problems() =>
        WarnDays.Where(days => days is < 1 or > 365).Select(days => $"Certificates:WarnDays has {days}; it must be between 1 and 365");
}
