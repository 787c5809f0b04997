namespace MedId.Ciba.Interop.Tests;

/// <summary>The OP with the profile fapi2, for our own client.</summary>
public sealed class OwnFapi2Op() : TlsOp("fapi2");
