using System.Buffers.Binary;
using Google.Protobuf;

namespace KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

/// <summary>How a message travels: one byte that says whether it is compressed, four of its length, then the message.</summary>
internal static class GrpcFrame
{
    public const int HeaderLength = 5;

    /// <summary>A message, not compressed, with its header.</summary>
    public static byte[] Write(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = GC.AllocateUninitializedArray<byte>(HeaderLength + length);
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        message.WriteTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>The length of the message that follows a header.</summary>
    /// <exception cref="GrpcException">The message is compressed, which was not agreed on, or too long.</exception>
    public static int ReadLength(ReadOnlySpan<byte> header, int maxLength)
    {
        if (header[0] != 0)
        {
            throw new GrpcException(GrpcStatusCode.Internal, $"the message has flags {header[0]}, but no encoding was agreed on");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return length <= (uint)maxLength
            ? (int)length
            : throw new GrpcException(GrpcStatusCode.ResourceExhausted, $"the message has {length} bytes, the limit is {maxLength}");
    }
}
