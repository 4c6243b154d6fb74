using Muster.Core.Members;

namespace Muster.Core.Registrations;

/// <summary>Everything the rules look at; loaded in the same transaction in which their answer is written.</summary>
public sealed record RegistrationFacts
{
    /// <summary>Why the certificate is no longer accepted; null while it is.</summary>
    public Refusal? CertificateProblem { get; init; }

    /// <summary>The member whose recorded subject is that of the certificate.</summary>
    public Member? MemberBySubject { get; init; }

    /// <summary>Members with the address that was confirmed; more than one is an error of the list that a registrar mends.</summary>
    public IReadOnlyList<Member> MembersByEmail { get; init; } = [];

    /// <summary>What is already there for this person, or for someone with a like name.</summary>
    public IReadOnlyList<Duplicate> Duplicates { get; init; } = [];

    /// <summary>The name in the certificate, as proposed before the applicant touched it.</summary>
    public required string CertificateName { get; init; }

    /// <summary>The day on which membership must hold.</summary>
    public required DateOnly Today { get; init; }
}

/// <summary>Something that exists and may be the same person's.</summary>
/// <param name="By">How it was found.</param>
/// <param name="AccountName">The account, or null when it is an open registration.</param>
public sealed record Duplicate(DuplicateBy By, string? AccountName, RegistrationId? Registration);

/// <summary>What two registrations, or a registration and an account, have in common.</summary>
public enum DuplicateBy
{
    Certificate,
    Member,
    Email,

    /// <summary>Only a like name: never the reason to refuse, always the reason to ask a person.</summary>
    SimilarName,
}
