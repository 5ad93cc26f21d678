using System.Text;

namespace KubeFed.Kubefedctl.Cli;

/// <summary>Reads a file that the user names; <c>-</c> is standard input.</summary>
internal static class InputFile
{
    public const string StandardInput = "-";

    /// <summary>What the file is called in messages.</summary>
    public static string Title(string file) => file == StandardInput ? "standard input" : file;

    /// <summary>Reads all text, of at most so many characters.</summary>
    /// <exception cref="UserException">It cannot be read, or is larger.</exception>
    public static async Task<string> ReadAsync(string file, CliEnvironment environment, int maxLength, CancellationToken cancellationToken)
    {
        try
        {
            if (file == StandardInput)
            {
                return await ReadAsync(environment.In, file, maxLength, cancellationToken);
            }

            using var reader = new StreamReader(file, Encoding.UTF8);
            return await ReadAsync(reader, file, maxLength, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{Title(file)}: cannot be read: {e.Message}", e);
        }
    }

    private static async Task<string> ReadAsync(TextReader reader, string file, int maxLength, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[8192];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            text.Append(buffer, 0, count);
            if (text.Length > maxLength)
            {
                throw new UserException($"{Title(file)}: longer than the {maxLength} characters that are read");
            }
        }

        return text.ToString();
    }
}
