using Muster.Core.Provisioning;

namespace Muster.Server.Provisioning.Targets.Directory;

/// <summary>An account as the built-in directory shows it.</summary>
internal sealed class DirectoryEntry
{
    private DirectoryEntry() { }

    public Guid AccountId { get; private set; }
    public string Uid { get; private set; } = "";
    public string DisplayName { get; private set; } = "";
    public string? GivenName { get; private set; }
    public string? Surname { get; private set; }
    public string Mail { get; private set; } = "";
    public bool Enabled { get; private set; }
    public int Revision { get; private set; }
    public DateTimeOffset AppliedAt { get; private set; }

    public static DirectoryEntry For(DesiredState desired, DateTimeOffset now)
    {
        var entry = new DirectoryEntry { AccountId = desired.Account.Value };
        entry.BringTo(desired, now);
        return entry;
    }

    /// <summary>Makes the entry as desired, unless it already shows something newer.</summary>
    public void BringTo(DesiredState desired, DateTimeOffset now)
    {
        if (desired.Revision < Revision)
            return;
        Uid = desired.Name;
        DisplayName = desired.DisplayName;
        GivenName = desired.Given;
        Surname = desired.Family;
        Mail = desired.Email;
        Enabled = desired.Enabled;
        Revision = desired.Revision;
        AppliedAt = now;
    }
}
