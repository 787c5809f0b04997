using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace MedId.Signatures.Tests.Xml;

/// <summary>The canonical forms against those of the runtime's package, over documents that a seed makes, and the examples of the recommendation.</summary>
public sealed class XmlCanonicalizerTests
{
    // In the manner of Canonical XML 1.0 §3.3, §3.4 and §3.6: order, quotes, references, empty tags, characters outside ASCII and outside the first plane.
    private const string Example =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<?before  some data ?>\n<!-- before -->\n<doc xmlns='urn:d' xmlns:b='urn:b' xmlns:a='urn:a' z='1' b:y=\"2\" a:x='3' xml:lang=\"ja\">\r\n" +
        "  <e1   />\n <e2 a='&lt;&amp;&gt;\"&#13;&#10;&#9; \t\n'/> <a:e3 xmlns:a='urn:other' xmlns=''><in a:q='1'/><b:in/></a:e3><![CDATA[<&>\r\n]]>&#13;&amp;&lt;&gt;\"'" +
        "<!-- inside --><?inside?>\u00A9\u3042\U00020B9F<n xmlns='urn:d' xmlns:b='urn:b'/><n xmlns='urn:x'><n xmlns=''><n xmlns='urn:d'/></n></n></doc>\n<!-- after --><?after?>\n";

    public static TheoryData<string> Algorithms => new(XmlNames.C14N, XmlNames.C14NWithComments, XmlNames.ExclusiveC14N, XmlNames.ExclusiveC14NWithComments);

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void TryWrite_DocumentOfTheExamples_EqualsTheRuntime(string algorithm) => AssertSame(Example, algorithm, []);

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void TryWrite_GeneratedDocuments_EqualTheRuntime(string algorithm)
    {
        for (var seed = 1; seed <= 400; seed++)
        {
            var text = new XmlTextGenerator(seed).Document();
            AssertSame(text, algorithm, []);
        }
    }

    [Fact]
    public void TryWrite_PrefixList_EqualsTheRuntime()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var text = new XmlTextGenerator(seed).Document();
            AssertSame(text, XmlNames.ExclusiveC14N, ["a", "b"]);
            AssertSame(text, XmlNames.ExclusiveC14N, ["c", ""]);
        }
    }

    [Fact]
    public void TryWrite_SubtreeWithXmlAttributes_ImportsTheNearest()
    {
        var tree = Read("<r xml:lang='en' xml:space='preserve' xmlns:p='urn:p'><m xml:lang='ja'><t id='x' xml:base='urn:b'/></m></r>");
        Assert.Equal(
            "<t xmlns:p=\"urn:p\" id=\"x\" xml:base=\"urn:b\" xml:lang=\"ja\" xml:space=\"preserve\"></t>",
            Canonical(tree, tree.Find("x"), XmlCanonicalForm.Implicit, null));
        Assert.Equal("<t id=\"x\" xml:base=\"urn:b\"></t>", Canonical(tree, tree.Find("x"), XmlCanonicalForm.ExclusiveForm, null));
    }

    [Fact]
    public void TryWrite_AttributesOutsideTheFirstPlane_AreInCodePointOrder()
    {
        var tree = Read("<r xmlns:a='urn:\U00020B9F' xmlns:b='urn:\uFF5E' a:x='1' b:x='2'/>");
        Assert.EndsWith("b:x=\"2\" a:x=\"1\"></r>", Canonical(tree, tree.Root, XmlCanonicalForm.Implicit, null), StringComparison.Ordinal);
    }

    [Fact]
    public void TryWrite_OneOctetOverTheLimit_IsRefused()
    {
        var tree = Read("<r a=\"&lt;\">あ</r>");
        var length = Encoding.UTF8.GetByteCount("<r a=\"&lt;\">あ</r>");
        var whole = new XmlNodeSet(tree, null, null, false);
        Assert.True(XmlCanonicalizer.TryWrite(whole, XmlCanonicalForm.Implicit, length, out var octets));
        Assert.Equal(length, octets.Length);
        Assert.False(XmlCanonicalizer.TryWrite(whole, XmlCanonicalForm.Implicit, length - 1, out _));
    }

    [Fact]
    public void TryWrite_CanonicalFormOfACanonicalForm_IsItself()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var first = Read(new XmlTextGenerator(seed).Document());
            var once = Canonical(first, null, new(false, true, []), null);
            var second = Read(once);
            Assert.Equal(once, Canonical(second, null, new(false, true, []), null));
        }
    }

    internal static XmlTree Read(string text) => XmlTreeReader.Read(Encoding.UTF8.GetBytes(text), XmlSignatureLimits.Default).Value!;

    internal static string Canonical(XmlTree tree, XmlTreeElement? apex, XmlCanonicalForm form, XmlTreeElement? without)
    {
        Assert.True(XmlCanonicalizer.TryWrite(new(tree, apex, without, true), form, int.MaxValue, out var octets));
        return Encoding.UTF8.GetString(octets.Span);
    }

    private static void AssertSame(string text, string algorithm, string[] prefixes)
    {
        Assert.True(XmlCanonicalForm.TryFind(algorithm, out var form));
        form = form with { Prefixes = prefixes };
        var tree = Read(text);
        Assert.Equal(Runtime(text, algorithm, prefixes), Canonical(tree, null, form, null));
    }

    private static string Runtime(string text, string algorithm, string[] prefixes)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        document.Load(reader);
        var list = string.Join(' ', prefixes.Select(p => p.Length == 0 ? "#default" : p));
        Transform transform = algorithm switch
        {
            XmlNames.C14N => new XmlDsigC14NTransform(),
            XmlNames.C14NWithComments => new XmlDsigC14NWithCommentsTransform(),
            XmlNames.ExclusiveC14N => new XmlDsigExcC14NTransform(list),
            _ => new XmlDsigExcC14NWithCommentsTransform(list),
        };
        transform.LoadInput(document);
        using var output = new StreamReader((Stream)transform.GetOutput(typeof(Stream)), Encoding.UTF8);
        return output.ReadToEnd();
    }
}
