;;; drive.el --- Proof-reads the texts of TEST_PLAN and writes TEST_REPORT  -*- lexical-binding: t -*-
(require 'flymake)
(require 'json)

(defconst drive-patience 20 "Seconds until a finding must be there.")
(defconst drive-settle 0.4 "Seconds for which findings must have stood to be the last word.")

(defun drive-await (count)
  "Leave Emacs to its command loop until COUNT findings stand; say whether they do."
  (let* ((buffer (current-buffer))
         (end (+ (float-time) drive-patience))
         (since nil)
         (look (lambda ()
                 (with-current-buffer buffer
                   (setq since (and (eglot-managed-p) (= count (length (flymake-diagnostics)))
                                    (or since (float-time)))))
                 (when (> (float-time) (if since (+ since drive-settle) end))
                   (throw 'exit nil))))
         (timer (run-with-timer 0.05 0.05 look)))
    (unwind-protect (recursive-edit) (cancel-timer timer))
    since))

(defun drive-place (position)
  "The line and the column of POSITION, from 1."
  (save-excursion
    (goto-char position)
    (vector (line-number-at-pos) (1+ (- position (line-beginning-position))))))

(defun drive-shown ()
  "The findings that stand."
  (vconcat
   (mapcar (lambda (found)
             `((text . ,(flymake-diagnostic-text found))
               (face . ,(symbol-name (flymake-diagnostic-type found)))
               (from . ,(drive-place (flymake-diagnostic-beg found)))
               (to . ,(drive-place (flymake-diagnostic-end found)))))
           (flymake-diagnostics))))

(defun drive-fix (at)
  "Take the first fix that is offered AT a place."
  (goto-char (point-min))
  (forward-line (1- (alist-get 'line at)))
  (forward-char (1- (alist-get 'column at)))
  (setq unread-command-events (list ?\r))
  (let ((last-nonmenu-event ?\r)) ; The menu of the keyboard, not of the mouse.
    (call-interactively #'eglot-code-actions)))

(defun drive-steps (steps)
  "Do the STEPS of a text while the editor agrees with them; return what it showed, and whether it agreed."
  (let ((agreed t) report)
    (find-file (alist-get 'file steps))
    (dolist (step '(opened fixed cleaned))
      (when-let ((expected (and agreed (assq step steps))))
        (pcase step
          ('fixed (drive-fix (alist-get 'start (alist-get 'at steps))))
          ('cleaned (call-interactively #'detlint-fix-all)))
        (setq agreed (drive-await (length (cdr expected))))
        (push (cons step (drive-shown)) report)))
    (save-buffer)
    (cons report agreed)))

(defun drive ()
  "Do the plan until the editor disagrees, and report."
  (let ((plans (with-temp-buffer
                 (insert-file-contents (getenv "TEST_PLAN"))
                 (json-parse-buffer :object-type 'alist :array-type 'list)))
        (agreed t)
        reports)
    (while (and plans agreed)
      (pcase-let ((`(,report . ,so) (drive-steps (pop plans))))
        (push report reports)
        (setq agreed so)))
    (with-temp-file (getenv "TEST_REPORT")
      (insert (json-encode (vconcat (reverse reports)))))))

(condition-case failure (drive)
  (error
   (princ (error-message-string failure) #'external-debugging-output)
   (kill-emacs 1)))
(kill-emacs 0)
