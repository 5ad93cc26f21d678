using System.Text;

namespace KubeFed.KubeClient.Configuration;

/// <summary>Reads files that people and kubelets write: keys, tokens, kubeconfigs. At most 4 MiB each.</summary>
internal static class SmallFile
{
    private const int MaxBytes = 4 * 1024 * 1024;

    public static string ReadText(string path) => Encoding.UTF8.GetString(ReadBytes(path)).TrimStart('\uFEFF');

    /// <exception cref="KubeConfigException">The file cannot be read, or is too large; the message names it.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= MaxBytes ? buffer[..length] : throw new KubeConfigException($"{path}: larger than {MaxBytes} bytes");
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
}
