namespace Muster.Server.Enrolment.Renewals;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class RenewalsText;
