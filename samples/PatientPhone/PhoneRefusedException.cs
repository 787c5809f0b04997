namespace MedId.Samples.PatientPhone;

/// <summary>An act ended: the phone refused, or was refused.</summary>
/// <param name="code">The refusal's code, ours or the OP's.</param>
internal sealed class PhoneRefusedException(string code) : Exception(code)
{
    public string Code { get; } = code;
}
