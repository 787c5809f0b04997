namespace MedId.Provider;

/// <summary>One step of a schema.</summary>
/// <param name="Version">The version that the step leads to; steps count 1, 2, 3 …</param>
/// <param name="OldestReader">
/// The oldest schema version whose code still works on the result. A step that only adds (a table, a column with a default) keeps its predecessor's, so that
/// nodes of both versions run on one database while a deployment rolls; a step that breaks older code names itself.
/// </param>
/// <param name="Sql">The statements.</param>
internal sealed record SqlMigration(int Version, int OldestReader, string Sql);
