namespace MedId.Ciba.Interop.Tests;

/// <summary>The OP with the profile fapi, for our own client.</summary>
public sealed class OwnFapiOp() : TlsOp("fapi");
