using System.ComponentModel;
using System.Runtime.InteropServices;

namespace KubeFed.TestSupport.Processes;

/// <summary>Sends POSIX signals, for what <see cref="System.Diagnostics.Process"/> does not offer.</summary>
internal static partial class Signal
{
    public const int Terminate = 15;

    private const int NoSuchProcess = 3;

    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static int Continue => OperatingSystem.IsMacOS() ? 19 : 18;

    /// <summary>Sends a signal; a process that is gone already is none to complain about.</summary>
    public static void Send(int processId, int signal)
    {
        if (Kill(processId, signal) != 0 && Marshal.GetLastPInvokeError() is var error and not NoSuchProcess)
        {
            throw new Win32Exception(error);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
