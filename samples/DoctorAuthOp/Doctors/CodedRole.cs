namespace MedId.Samples.DoctorAuthOp;

/// <summary>A coded value with its words.</summary>
internal sealed record CodedRole(string System, string Code, string Display);
