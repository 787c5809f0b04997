namespace MedId.Samples.DoctorAuthOp;

/// <summary>A doctor who has signed in.</summary>
internal sealed record Session(Doctor Doctor, DateTimeOffset SignedInAt, DateTimeOffset ExpiresAt);
