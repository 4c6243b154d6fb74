namespace Muster.Server.Enrolment.Certificates;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class CertificatesText;
