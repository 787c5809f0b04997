namespace MedId.Consent;

/// <summary>What values a fact has.</summary>
internal enum FactKind
{
    Flag,
    Number,
    Time,
    Text,
    Code,
}
