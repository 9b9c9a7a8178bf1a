"""Makes the alarm signal of the course on fire safety: the evacuation pattern of three short tones, three times.

Needs ffmpeg. Half a second on, half a second off, three times, then one and a half seconds of silence: four seconds
in all. The tone is kept soft, because somebody will open it with headphones on.
"""

import subprocess
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "courses" / "fire-safety" / "files" / "alarm-signal.mp3"
ON = "lt(mod(t,4),3)*lt(mod(mod(t,4),1),0.5)"
EDGE = "min(1,min(mod(mod(t,4),1),0.5-mod(mod(t,4),1))*80)"
TONE = "(0.7*sin(2*PI*880*t)+0.2*sin(2*PI*1760*t)+0.1*sin(2*PI*2640*t))"

if __name__ == "__main__":
    sys.exit(subprocess.call([
        "ffmpeg", "-y", "-loglevel", "error", "-f", "lavfi", "-i", f"aevalsrc='0.22*{ON}*max(0,{EDGE})*{TONE}':d=12:s=32000",
        "-c:a", "libmp3lame", "-b:a", "40k", "-ac", "1", "-map_metadata", "-1", "-metadata", "title=Evacuation signal", str(TARGET),
    ]))
