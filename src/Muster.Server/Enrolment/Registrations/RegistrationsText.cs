namespace Muster.Server.Enrolment.Registrations;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class RegistrationsText;
