using System.Text;
using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>A plain element path below the resource (<c>participant.actor</c>); arrays on the way are walked through.</summary>
internal sealed class ElementPath(string path)
{
    private readonly byte[][] _names = Array.ConvertAll(path.Split('.'), Encoding.UTF8.GetBytes);

    /// <summary>Whether some element at the end of the path passes the test.</summary>
    public bool Any<TTest>(JsonElement resource, in TTest test)
        where TTest : struct, IElementTest, allows ref struct => Any(resource, 0, in test);

    private bool Any<TTest>(JsonElement element, int depth, in TTest test)
        where TTest : struct, IElementTest, allows ref struct
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Array && Any(item, depth, in test))
                {
                    return true;
                }
            }

            return false;
        }

        if (depth == _names.Length)
        {
            return test.Holds(element);
        }

        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(_names[depth], out var next) && Any(next, depth + 1, in test);
    }
}
