namespace MedId.Provider;

/// <summary>What a verb had read was changed by another before it was locked. The transaction is rolled back and begun again where others may write at the same time.</summary>
internal sealed class SqlStateMovedException() : InvalidOperationException("A record changed inside the transaction that was deciding it.");
