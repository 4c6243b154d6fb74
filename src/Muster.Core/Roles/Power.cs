namespace Muster.Core.Roles;

/// <summary>What somebody may do; every route that is not open to everyone names the one it needs.</summary>
public enum Power
{
    /// <summary>See the record of every person and institute, and the trail of what happened to it.</summary>
    ReadRegister,

    /// <summary>Change people, institutes, memberships and representatives.</summary>
    EditRegister,

    /// <summary>Let a registration in, or refuse it.</summary>
    DecideRegistrations,

    /// <summary>Link a certificate that a member asks for by its subject.</summary>
    DecideCertificates,

    /// <summary>Take the table of addresses and the mailboxes behind them, for a mail server.</summary>
    ExportAddresses,

    /// <summary>Send somebody a new link to set the first password.</summary>
    ReissuePasswords,

    /// <summary>Answer for the people of an institute: they are ours, they stay, they left.</summary>
    SpeakForInstitute,

    /// <summary>Admit people to a group.</summary>
    CoordinateGroup,

    /// <summary>Admit people to a facility.</summary>
    GrantResource,

    /// <summary>Bar a person from everything, now.</summary>
    SuspendPeople,

    /// <summary>Give and end roles.</summary>
    GrantRoles,

    /// <summary>Say who sees which field of a member's profile.</summary>
    SetPrivacy,
}
