using System.Text;

namespace KubeFed.KubeClient.Configuration;

/// <summary>Reads files that people and kubelets write: keys, tokens, kubeconfigs. At most 4 MiB each.</summary>
internal static class SmallFile
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int MinBuffer = 1024;

    public static string ReadText(string path) => Encoding.UTF8.GetString(ReadBytes(path)).TrimStart('\uFEFF');

    /// <exception cref="KubeConfigException">The file cannot be read, or is too large; the message names it.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(stream) ?? throw new KubeConfigException($"{path}: larger than {MaxBytes} bytes");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KubeConfigException($"{path}: no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new KubeConfigException(
                Directory.Exists(path) ? $"{path}: this is a directory, not a file" : $"{path}: permission denied", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new KubeConfigException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>All there is, or null where that is too much. Pipes and the files of /proc do not know their size: the buffer grows.</summary>
    private static byte[]? Read(FileStream stream)
    {
        var expected = stream.CanSeek ? stream.Length : 0;
        var buffer = new byte[Math.Clamp(expected + 1, MinBuffer, MaxBytes + 1)];
        var length = 0;
        int count;
        while ((count = stream.Read(buffer, length, buffer.Length - length)) > 0)
        {
            length += count;
            if (length > MaxBytes)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(length * 2, MaxBytes + 1));
            }
        }

        return buffer[..length];
    }
}
