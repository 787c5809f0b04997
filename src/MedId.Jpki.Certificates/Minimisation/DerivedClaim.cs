namespace MedId.Jpki.Certificates;

/// <summary>One claim computed from the basic four attributes in their place (mission row E11). It may be kept and passed on where the attributes may not.</summary>
/// <param name="Name">Which claim: <c>age_over_18</c>, <c>age_under_18</c>, <c>prefecture</c>, <c>same_person</c>.</param>
/// <param name="Value">Its value: <c>true</c>, or the prefecture's name. There is no claim that says no: what is not proven has no claim.</param>
/// <param name="AsOf">The day for which it holds; null where no day matters.</param>
/// <param name="Standing">Under which standing the certificate was checked.</param>
/// <param name="At">When the certificate was checked.</param>
public sealed record DerivedClaim(string Name, string Value, DateOnly? AsOf, JpkiStanding Standing, DateTimeOffset At);
