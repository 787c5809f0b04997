using MedId.Core;
using MedId.Provider;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The variant of reuse that the command line names.</summary>
internal static class SampleReuse
{
    public static ConsentReuse Read(string? word) => word is null
        ? ConsentReuse.EachTime
        : Enum.GetValues<ConsentReuse>().Where(variant => NoticeReuse.WordOf(variant) == word).Cast<ConsentReuse?>().FirstOrDefault() ?? throw new ArgumentException("--reuse is each-time, access-token or refresh-token");
}
