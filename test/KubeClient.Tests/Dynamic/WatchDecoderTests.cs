using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Errors;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.KubeClient.Tests.Dynamic;

[Parallelizable(ParallelScope.All)]
public sealed class WatchDecoderTests
{
    private const string Stream =
        """
        {"type":"ADDED","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"1"},"data":{"k":"}]{[\"\\"}}}
        {"object":{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"2"}},"type":"MODIFIED"}{"type":"DELETED","object":{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"3","labels":{"ü":"é😀"}}}}

          { "type" : "BOOKMARK" , "extra": {"object": {}}, "object" : {"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":"9"}} }

        """;

    private static readonly string[] Expected = ["Added a 1", "Modified a 2", "Deleted a 3", "Bookmark  9"];

    [Test]
    public async Task TryTake_WholeStream_GivesEvents() =>
        Assert.That(await ReadAllAsync([Encoding.UTF8.GetBytes(Stream)]), Is.EqualTo(Expected));

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public async Task TryTake_AnySplit_GivesTheSameEvents(PositiveInt[] lengths) =>
        Assert.That(await ReadAllAsync(Split(Encoding.UTF8.GetBytes(Stream), [.. lengths.Select(l => l.Get)])), Is.EqualTo(Expected));

    [Test]
    public async Task TryTake_ByteByByte_GivesTheSameEvents() =>
        Assert.That(await ReadAllAsync(Split(Encoding.UTF8.GetBytes(Stream), [])), Is.EqualTo(Expected));

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public async Task TryTake_CutAnywhere_EndsOrFailsAsDocumented(NonNegativeInt at)
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        var events = await ReadUntilFailureAsync([bytes[..(at.Get % bytes.Length)]]);
        Assert.That(events, Is.EqualTo(Expected.Take(events.Count)));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public async Task TryTake_BytesChanged_EndsOrFailsAsDocumented((NonNegativeInt At, byte Value)[] changes, PositiveInt[] lengths)
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        foreach (var (at, value) in changes)
        {
            bytes[at.Get % bytes.Length] = value;
        }

        await ReadUntilFailureAsync(Split(bytes, [.. lengths.Select(l => l.Get)]));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public async Task TryTake_Garbage_EndsOrFailsAsDocumented(byte[] garbage) => await ReadUntilFailureAsync([garbage]);

    [Test]
    public async Task TryTake_ErrorEvent_ThrowsItsStatus()
    {
        const string Error = """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (263)","reason":"Expired","code":410}}""";
        var e = await Assert.ThrowsAsync<StatusException>(() => ReadAllAsync([Encoding.UTF8.GetBytes(Error)]));
        Assert.That(e!.IsExpired);
    }

    [TestCase("[]", TestName = "TryTake_Array_Throws")]
    [TestCase("404 page not found", TestName = "TryTake_Text_Throws")]
    [TestCase("{}", TestName = "TryTake_EmptyObject_Throws")]
    [TestCase("""{"type":"RENAMED","object":{"kind":"A","apiVersion":"v1"}}""", TestName = "TryTake_UnknownType_Throws")]
    [TestCase("""{"type":"ERROR","object":{"kind":"A","apiVersion":"v1"}}""", TestName = "TryTake_ErrorWithoutStatus_Throws")]
    [TestCase("""{"type":"ADDED","object":{"kind":"A"}}""", TestName = "TryTake_ObjectWithoutVersion_Throws")]
    [TestCase("""{"type":"ADDED","object":{"kind":"A",}}""", TestName = "TryTake_MalformedObject_Throws")]
    [TestCase("""{"type":7,"object":{"kind":"A","apiVersion":"v1"}}""", TestName = "TryTake_TypeIsNumber_Throws")]
    public async Task TryTake_NoEvent_ThrowsFormat(string text) =>
        await Assert.ThrowsAsync<WatchFormatException>(() => ReadAllAsync([Encoding.UTF8.GetBytes(text)]));

    [Test]
    public async Task TryTake_EventTooLarge_ThrowsBeforeItsEnd()
    {
        var large = Encoding.UTF8.GetBytes("""{"type":"ADDED","object":{"data":" """ + new string('x', 5000));
        var e = await Assert.ThrowsAsync<WatchFormatException>(() => ReadAllAsync([large], 4096));
        Assert.That(e!.Message, Does.Contain("4096"));
    }

    [Test]
    public void TryTake_HalfEventAtEnd_ThrowsIO()
    {
        var half = Encoding.UTF8.GetBytes("""{"type":"ADDED","object":{"kind":"A","apiVersion":"v1"}""");
        Assert.That(() => ReadAllAsync([half]), Throws.TypeOf<IOException>());
    }

    [Test]
    public async Task TryTake_DeepNesting_ThrowsFormat()
    {
        var deep = "{\"type\":\"ADDED\",\"object\":{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}}";
        await Assert.ThrowsAsync<WatchFormatException>(() => ReadAllAsync([Encoding.UTF8.GetBytes(deep)]));
    }

    private static async Task<List<string>> ReadUntilFailureAsync(IReadOnlyList<byte[]> pieces)
    {
        var events = new List<string>();
        try
        {
            await ReadAsync(pieces, 1 << 20, events);
        }
        catch (Exception e) when (e is IOException or StatusException)
        {
            Assert.That(e.Message, Is.Not.Empty);
        }

        return events;
    }

    private static async Task<List<string>> ReadAllAsync(IReadOnlyList<byte[]> pieces, int max = 1 << 20)
    {
        var events = new List<string>();
        await ReadAsync(pieces, max, events);
        return events;
    }

    private static async Task ReadAsync(IReadOnlyList<byte[]> pieces, int max, List<string> events)
    {
        var decoder = new WatchDecoder(PipeReader.Create(new PiecewiseStream(pieces)), max);
        while (true)
        {
            var result = await decoder.FillAsync(CancellationToken.None);
            if (decoder.TryTake(result, out var taken))
            {
                events.Add($"{taken.Type} {taken.Object.Metadata.Name} {taken.Object.Metadata.ResourceVersion}");
            }
            else if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private static List<byte[]> Split(byte[] bytes, int[] lengths)
    {
        var pieces = new List<byte[]>();
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            var length = Math.Min(lengths.Length == 0 ? 1 : lengths[i % lengths.Length], bytes.Length - at);
            pieces.Add(bytes[at..(at + length)]);
            at += length;
        }

        return pieces;
    }
}
