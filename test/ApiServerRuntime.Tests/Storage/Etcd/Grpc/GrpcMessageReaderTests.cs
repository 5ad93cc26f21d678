using System.Buffers.Binary;
using FsCheck;
using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Etcd.Grpc;

public sealed class GrpcMessageReaderTests
{
    private const int Limit = 100_000;

    [FsCheck.NUnit.Property]
    public async Task ReadAsync_AnyMessagesInAnyPieces_ReturnsThem(byte[][] messages, PositiveInt[] pieces)
    {
        var bytes = messages.SelectMany(Frame).ToArray();

        var read = await ReadAllAsync(bytes, [.. pieces.Select(piece => piece.Get)]);

        Assert.That(read, Is.EqualTo(messages));
    }

    [FsCheck.NUnit.Property]
    public async Task ReadAsync_CutAnywhere_ReturnsTheWholeOnesAndFails(byte[][] messages, NonNegativeInt cut, PositiveInt[] pieces)
    {
        var bytes = messages.SelectMany(Frame).ToArray();
        var kept = bytes.Length == 0 ? 0 : cut.Get % bytes.Length;
        var ends = messages.Aggregate(new List<int> { 0 }, (list, message) => [.. list, list[^1] + message.Length + GrpcFrame.HeaderLength]);
        List<byte[]> read = [];

        var error = await FailureAsync(() => ReadAllAsync(bytes[..kept], [.. pieces.Select(piece => piece.Get)], read));

        Assert.That(read, Is.EqualTo(messages.Take(ends.Count(end => end <= kept) - 1)));
        Assert.That(error?.Code, ends.Contains(kept) ? Is.Null : Is.EqualTo(GrpcStatusCode.Unavailable));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public async Task ReadAsync_Garbage_FailsAsGrpcOrEnds(byte[] bytes, PositiveInt[] pieces)
    {
        var error = await FailureAsync(() => ReadAllAsync(bytes, [.. pieces.Select(piece => piece.Get)]));

        Assert.That(error?.Code, Is.Null.Or.AnyOf(GrpcStatusCode.Internal, GrpcStatusCode.ResourceExhausted, GrpcStatusCode.Unavailable));
    }

    [Test]
    public async Task ReadAsync_LongMessagesAmongShortOnes_ReturnsThem()
    {
        byte[][] messages = [.. Enumerable.Range(0, 40).Select(i => Enumerable.Repeat((byte)i, i % 7 == 0 ? 90_000 + i : i).ToArray())];

        var read = await ReadAllAsync([.. messages.SelectMany(Frame)], [1, 100_000, 5, 70_000]);

        Assert.That(read, Is.EqualTo(messages));
    }

    [Test]
    public async Task ReadAsync_LongerThanTheLimit_FailsBeforeReadingIt()
    {
        var header = new byte[5];
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), uint.MaxValue);

        var error = await FailureAsync(() => ReadAllAsync(header, []));

        Assert.That(error?.Code, Is.EqualTo(GrpcStatusCode.ResourceExhausted));
    }

    [Test]
    public void Write_Message_HasItsLengthInFront()
    {
        var frame = GrpcFrame.Write(new LeaseGrantRequest { TTL = 300 });

        Assert.That(frame, Is.EqualTo(new byte[] { 0, 0, 0, 0, 3, 8, 0xac, 2 }));
    }

    private static byte[] Frame(byte[] message)
    {
        var frame = new byte[GrpcFrame.HeaderLength + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, GrpcFrame.HeaderLength);
        return frame;
    }

    private static async Task<List<byte[]>> ReadAllAsync(byte[] bytes, int[] pieces, List<byte[]>? into = null)
    {
        into ??= [];
        await using var stream = new ChoppyStream(bytes, pieces);
        using var reader = new GrpcMessageReader(stream, Limit);
        while (await reader.ReadAsync(CancellationToken.None) is { } message)
        {
            into.Add(message.ToArray());
        }

        return into;
    }

    private static async Task<GrpcException?> FailureAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (GrpcException e)
        {
            return e;
        }
    }
}
