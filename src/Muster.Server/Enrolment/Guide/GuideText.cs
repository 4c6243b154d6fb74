namespace Muster.Server.Enrolment.Guide;

/// <summary>Names the texts of the pages in this folder, and the shipped words of the steps.</summary>
internal sealed class GuideText;
